package dev.tarn.local.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a cluster and its commands have shown, by where. */
final class Shown {
    private static final String PROGRAM = "PK\u0003\u0004";

    private final Map<String, String> texts = new HashMap<>();

    void add(String where, String text) {
        texts.merge(where, text, String::concat);
    }

    Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    /** Where one of these turns up. */
    List<String> places(Collection<String> secrets) {
        return texts.entrySet().stream()
                .filter(shown -> secrets.stream().anyMatch(shown.getValue()::contains))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Adds files as they are now, but for programs. */
    void addFiles(Collection<Path> files) throws IOException {
        for (Path file : files) {
            try {
                String text = new String(Files.readAllBytes(file), ISO_8859_1);
                if (!text.startsWith(PROGRAM)) {
                    texts.put(file.toString(), text);
                }
            } catch (NoSuchFileException e) {
                // a checkpoint that was replaced meanwhile
            }
        }
    }

    /** Adds the command line of every process of this machine. */
    void addCommandLines() {
        ProcessHandle.allProcesses().forEach(process -> add("command line of " + process.pid(), commandLine(process)));
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("")
                + String.join(" ", process.info().arguments().orElse(new String[0]));
    }

    /** Adds every answer of the REST API that tells of the cluster and its jobs. */
    void addAnswers(FlinkRest rest, FlinkJobs flink) {
        Stream.of(
                        "config",
                        "overview",
                        "jobmanager/config",
                        "jobmanager/environment",
                        "jobmanager/logs",
                        "jars",
                        "jobmanager/thread-dump",
                        "jobs/overview",
                        "taskmanagers")
                .forEach(path -> add(rest, path));
        for (Job job : flink.list()) {
            String at = "jobs/" + job.id();
            Stream.of(
                            "",
                            "/config",
                            "/plan",
                            "/exceptions",
                            "/jobmanager/config",
                            "/jobmanager/environment",
                            "/accumulators",
                            "/checkpoints",
                            "/checkpoints/config")
                    .forEach(part -> add(rest, at + part));
            for (JsonNode vertex : rest.get(at).path("vertices")) {
                add(rest, at + "/vertices/" + vertex.path("id").asText());
                add(rest, at + "/vertices/" + vertex.path("id").asText() + "/accumulators");
            }
        }
        for (JsonNode each : rest.get("taskmanagers").path("taskmanagers")) {
            Stream.of("", "/logs", "/thread-dump")
                    .forEach(part -> add(rest, "taskmanagers/" + each.path("id").asText() + part));
        }
    }

    private void add(FlinkRest rest, String path) {
        add(path, rest.get(path).toString());
    }
}
