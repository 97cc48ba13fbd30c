package dev.tarn.jobs.options;

import java.nio.file.Path;

/** A file that each process reads for itself, at the same path. */
final class MountedFile {
    private MountedFile() {}

    /** The path from the root, for the processes of a cluster have other working directories; null for none. */
    static String absolute(Path file) {
        return file == null ? null : file.toAbsolutePath().toString();
    }
}
