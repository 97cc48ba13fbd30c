package dev.tarn.local.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.stack.Endpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code peers}: what others take for the same documents with the same model server and Redis. Each is a program of its own
 * in {@code infra/benchmark/peers}, whose README tells what it is given and what it answers.
 */
final class Peers implements Measurement {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    Peers(Path folder) {
        this.folder = folder;
    }

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        List<Path> peers = programs();
        if (peers.isEmpty()) {
            report.note("there is no program in " + folder);
            return;
        }
        Path documents = Files.createTempFile("benchmark", ".jsonl");
        try {
            for (Path peer : peers) {
                List<Double> first = new ArrayList<>();
                List<Double> again = new ArrayList<>();
                for (int round = 0; round < bench.settings().rounds(); round++) {
                    Workload load = bench.workload().copies("peer" + round, bench.chunks(bench.model()));
                    write(load, documents);
                    JsonNode result = run(bench, peer, documents);
                    first.add(result.path("firstLoadSeconds").asDouble());
                    again.add(result.path("unchangedSeconds").asDouble());
                    first.set(round, load.size() / first.get(round));
                    again.set(round, load.documents().size() / again.get(round));
                    bench.clearRedis();
                }
                report.row(peer.getFileName().toString(), "first load", "chunks/s", Spread.of(first));
                report.row(peer.getFileName().toString(), "all unchanged", "documents/s", Spread.of(again));
            }
        } finally {
            Files.deleteIfExists(documents);
        }
        report.bars("First load, others", "first load", "chunks/s");
    }

    private List<Path> programs() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .sorted()
                    .toList();
        }
    }

    private static void write(Workload load, Path file) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (InputDocument document : load.documents()) {
            lines.write(document.json());
            lines.write('\n');
        }
        Files.write(file, lines.toByteArray());
    }

    private static JsonNode run(Testbench bench, Path peer, Path documents) throws IOException, InterruptedException {
        Endpoints at = bench.endpoints();
        bench.events().line("peers: " + peer.getFileName());
        Process process = new ProcessBuilder(
                        peer.toString(),
                        documents.toString(),
                        at.redis().toString(),
                        at.ollama().toString(),
                        bench.model().embedding())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread stop = new Thread(process::destroy, "stop-peer");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            byte[] answer = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IOException(peer.getFileName() + " failed with exit code " + process.exitValue());
            }
            return JSON.readTree(answer);
        } finally {
            process.destroy();
            Runtime.getRuntime().removeShutdownHook(stop);
        }
    }
}
