package dev.tarn.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Remembers a process beyond the life of this one: its id and, as ids are used again, the moment it started. */
record PidFile(Path path) {

    /** The system tells the same start a little differently after its clock was set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    void write(ProcessHandle process) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, process.pid() + " " + startOf(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, if it still runs and is ours. One that has ended, but that nobody has waited for, tells no command. */
    Optional<ProcessHandle> running() {
        try {
            String[] words = Files.readString(path).split(" ", -1);
            Instant start = Instant.parse(words[1]);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(process -> process.info().command().isPresent())
                    .filter(process ->
                            Duration.between(start, startOf(process)).abs().compareTo(TOLERANCE) <= 0);
        } catch (IOException | RuntimeException missingOrCutShort) {
            return Optional.empty();
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
