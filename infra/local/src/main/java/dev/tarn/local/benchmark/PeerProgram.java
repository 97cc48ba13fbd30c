package dev.tarn.local.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.document.Chunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Another's way to fill an index, as a program; {@code infra/benchmark/README.md} tells what it is given and what it answers. */
record PeerProgram(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAVAILABLE = 69;

    /** What a load took, in seconds, and the same load again. */
    record Result(double firstLoadSeconds, double unchangedSeconds) {}

    /** The executable files of a folder, by name; none where there is no such folder. */
    static List<PeerProgram> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .sorted()
                    .map(PeerProgram::new)
                    .toList();
        }
    }

    String name() {
        return file.getFileName().toString();
    }

    /**
     * Runs it.
     *
     * @param prefix of every key that it writes
     * @return empty when what it needs is not on this machine, which it has told on standard error
     * @throws IOException when it fails
     */
    Optional<Result> run(Testbench bench, Model model, Workload load, String prefix)
            throws IOException, InterruptedException {
        Path documents = Files.createTempFile("benchmark", ".jsonl");
        try {
            Files.write(documents, lines(load));
            return run(List.of(
                    file.toString(),
                    documents.toString(),
                    bench.endpoints().redis().toString(),
                    model.uri().toString(),
                    model.embedding(),
                    prefix,
                    bench.settings().hnsw().quantization().name()));
        } finally {
            Files.deleteIfExists(documents);
        }
    }

    private Optional<Result> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread stop = new Thread(process::destroy, "stop-peer");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            byte[] answer = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            if (code == UNAVAILABLE) {
                return Optional.empty();
            }
            if (code != 0) {
                throw new IOException(name() + " failed with exit code " + code);
            }
            JsonNode result = JSON.readTree(answer);
            return Optional.of(new Result(
                    result.required("firstLoadSeconds").asDouble(),
                    result.required("unchangedSeconds").asDouble()));
        } finally {
            process.destroy();
            Runtime.getRuntime().removeShutdownHook(stop);
        }
    }

    /** The texts that the pipeline embeds, so that all embed the same. */
    private static byte[] lines(Workload load) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < load.documents().size(); i++) {
            ObjectNode line =
                    JSON.createObjectNode().put("id", load.documents().get(i).id());
            ArrayNode texts = line.putArray("texts");
            for (Chunk chunk : load.chunks().get(i)) {
                texts.add(chunk.embeddingText());
            }
            lines.write(JSON.writeValueAsBytes(line));
            lines.write('\n');
        }
        return lines.toByteArray();
    }
}
