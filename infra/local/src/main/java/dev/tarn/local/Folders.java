package dev.tarn.local;

import java.nio.file.Path;
import java.util.List;

/** Where things lie. */
final class Folders {
    private Folders() {}

    /** The repository's root. */
    static Path home() {
        return Path.of(System.getProperty("tarn.home", "."));
    }

    /** What the local stack keeps. */
    static Path data() {
        String folder = System.getenv("TARN_DATA");
        return folder == null || folder.isEmpty() ? home().resolve(".tarn") : Path.of(folder);
    }

    static Path jobsJar() {
        return home().resolve("jobs/target/tarn-jobs.jar");
    }

    /** Questions that the notes answer, and others. */
    static List<Path> questions() {
        Path corpus = home().resolve("infra/corpus");
        return List.of(corpus.resolve("questions.jsonl"), corpus.resolve("unanswerable.jsonl"));
    }

    static Path notes() {
        return home().resolve("infra/corpus/notes");
    }
}
