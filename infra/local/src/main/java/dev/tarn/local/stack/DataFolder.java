package dev.tarn.local.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The one folder that keeps what a stack writes. One stack at a time uses it. */
public record DataFolder(Path root) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public DataFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /**
     * Where the stack that runs on this folder answers; empty if none runs.
     *
     * @throws StackException if the file that says so can't be read
     */
    public Optional<Endpoints> endpoints() {
        if (ownerFile().running().isEmpty() || !Files.exists(stackFile())) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(stackFile().toFile(), Endpoints.class));
        } catch (IOException e) {
            throw new StackException("can't read " + stackFile() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Deletes what the servers have kept, and nothing else that may lie in the folder.
     *
     * @throws StackException if a stack uses the folder, or none ever has and what lies there is somebody else's
     */
    public void clean() {
        List<Path> kept = List.of(kafka(), redis(), spareRedis(), flink(), logs(), stackFile());
        if (!Files.exists(Claim.file(this))) {
            kept.stream().filter(Files::exists).findFirst().ifPresent(other -> {
                throw new StackException("nothing is deleted: " + other
                        + " is there, but no stack has used this folder. Give the stack a folder of its own.");
            });
        }
        try (Claim claim = Claim.of(this, event -> {})) {
            kept.forEach(DataFolder::delete);
        }
    }

    void write(Endpoints endpoints) {
        try {
            // Created readable for its owner only: an address can hold a password.
            Path written = Files.createTempFile(root, "stack", ".json");
            JSON.writerWithDefaultPrettyPrinter().writeValue(written.toFile(), endpoints);
            Files.move(written, stackFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forgetEndpoints() {
        delete(stackFile());
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path redis() {
        return root.resolve("redis");
    }

    Path spareRedis() {
        return root.resolve("spare-redis");
    }

    Path flink() {
        return root.resolve("flink");
    }

    Path of(Part part) {
        return switch (part) {
            case TASKMANAGER, SPARE_TASKMANAGER, JOBMANAGER -> flink();
            case BROKER -> kafka();
            case REDIS -> redis();
            case SPARE_REDIS -> spareRedis();
        };
    }

    PidFile pidFile(Part part) {
        return new PidFile(root.resolve("run").resolve(part.label() + ".pid"));
    }

    /** The JVM whose stack uses the folder. */
    PidFile ownerFile() {
        return new PidFile(root.resolve("run").resolve("tarn.pid"));
    }

    private Path stackFile() {
        return root.resolve("stack.json");
    }

    /** Deletes a file or a folder with all that is in it, if it is there. */
    public static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
