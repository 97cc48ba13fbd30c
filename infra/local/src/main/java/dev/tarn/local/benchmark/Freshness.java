package dev.tarn.local.benchmark;

import dev.tarn.document.Chunk;
import dev.tarn.index.VectorIndex;
import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.local.topics.Receipts;
import dev.tarn.model.Embedder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/**
 * {@code freshness}: from Kafka's timestamp of a note until a search finds it, while nothing else is published, at half of
 * what the pipeline has done at its best, and at all of it; beside what its parts take alone.
 */
final class Freshness implements Measurement {
    private static final Map<String, Double> LOADS = new LinkedHashMap<>();

    static {
        LOADS.put("idle", 0.0);
        LOADS.put("half load", 0.5);
        LOADS.put("full load", 1.0);
    }

    private static final String FLOOR = "floor: embedding + write + search";
    private static final String FLOOR_OF_DOCUMENTS = "floor of documents like those of the load: embedding + write";
    private static final String KAFKA = "Kafka alone: published to read";
    private static final String OF_THE_LOAD = ", documents of the load: published to indexed";

    private final Map<String, List<Latencies>> measured = new LinkedHashMap<>();
    private final Map<String, List<Double>> missed = new LinkedHashMap<>();

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        List<Double> speeds = new ArrayList<>();
        try (Embedder embedder = bench.model().embedder();
                Pipeline pipeline =
                        bench.pipeline(bench.model(), bench.settings().hnsw(), false);
                VectorIndex index = pipeline.reader(embedder)) {
            pipeline.compile();
            for (int round = 0; round < bench.settings().rounds(); round++) {
                double full = fullSpeed(bench, pipeline);
                speeds.add(full);
                for (Map.Entry<String, Double> load : LOADS.entrySet()) {
                    FreshnessProbe probe = probe(bench, pipeline, embedder, index);
                    underLoad(bench, pipeline, probe, load.getKey(), full * load.getValue());
                }
                keep(FLOOR, alone(bench, pipeline, embedder, index));
                keep(FLOOR_OF_DOCUMENTS, documentsAlone(bench, pipeline, embedder));
                keep(KAFKA, KafkaEcho.of(pipeline.kafka(), bench.settings().probes(), 1));
            }
        }
        report(bench, report);
        report.row("full load", "rate", "chunks/s", Spread.of(speeds));
    }

    private void keep(String what, Latencies latencies) {
        measured.computeIfAbsent(what, unused -> new ArrayList<>()).add(latencies);
    }

    private void report(Testbench bench, Report.Section report) {
        measured.forEach((what, latencies) -> {
            report.row(
                    what,
                    "p50",
                    "ms",
                    Spread.of(latencies.stream().map(Latencies::p50).toList()));
            report.row(
                    what,
                    "p99",
                    "ms",
                    Spread.of(latencies.stream().map(Latencies::p99).toList()));
        });
        missed.forEach((load, notes) -> report.row(load, "missed by HNSW", "notes", Spread.of(notes)));
        report.note("each round has at most " + bench.settings().probes()
                + " notes for each load, one after another; full load is what the pipeline did just before the round; a note"
                + " that is not found within " + FreshnessProbe.LIMIT.toSeconds()
                + " s counts as that, and as missed by HNSW where a wider search finds it");
        report.note(
                "documents of the load come at a steady rate, whatever waits: their times are those of Kafka and the"
                        + " receipts");
        report.note("their floor is one embedding of all chunks of such a document, and one plain write of them");
        report.bars("From publish to searchable: p50", "p50", "ms");
    }

    static double fullSpeed(Testbench bench, Pipeline pipeline) {
        Workload load = bench.workload().like(pipeline.token(), bench.chunks(pipeline.model()));
        return new Load(pipeline.kafka())
                .run(load.documents(), bench.events(), "finding full speed")
                .chunksPerSecond();
    }

    private void underLoad(Testbench bench, Pipeline pipeline, FreshnessProbe probe, String name, double rate) {
        AtomicReference<BackgroundLoad> background = new AtomicReference<>();
        int probes = bench.settings().probes();
        try (Receipts receipts = new Receipts(pipeline.kafka())) {
            try (Events.Bar bar = bench.events().begin("freshness, " + name, probes)) {
                Runnable begin = () -> background.set(BackgroundLoad.start(
                        pipeline.kafka(), bench.workload(), pipeline.token(), rate, receipts::expect));
                keep(name, probe.published(probes, begin, bar));
            } finally {
                if (background.get() != null) {
                    background.get().close();
                }
            }
            missed.computeIfAbsent(name, unused -> new ArrayList<>()).add((double) probe.missed());
            List<Double> ofTheLoad = BackgroundLoad.await(receipts).stream()
                    .map(receipt -> millis(receipt.publishedAt(), receipt.indexedAt()))
                    .toList();
            if (!ofTheLoad.isEmpty()) {
                keep(name + OF_THE_LOAD, Latencies.of(ofTheLoad));
            }
        }
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    private static Latencies alone(Testbench bench, Pipeline pipeline, Embedder embedder, VectorIndex index) {
        try (PlainIndex plain =
                PlainIndex.of(bench.plain().client(), bench.engine(), pipeline.hnsw(), "benchmark:floor")) {
            return probe(bench, pipeline, embedder, index)
                    .alone(bench.settings().probes(), bench.plain().client(), plain);
        }
    }

    /** Milliseconds for one embedding of all chunks of a document and one plain write of them, in turn. */
    private static Latencies documentsAlone(Testbench bench, Pipeline pipeline, Embedder embedder) {
        Workload load = bench.workload().like(pipeline.token(), 1);
        List<Double> millis = new ArrayList<>();
        try (PlainIndex plain =
                PlainIndex.of(bench.plain().client(), bench.engine(), pipeline.hnsw(), "benchmark:floor")) {
            for (List<Chunk> chunks : load.chunks()) {
                long start = System.nanoTime();
                List<float[]> vectors =
                        embedder.embed(chunks.stream().map(Chunk::embeddingText).toList());
                List<Response<?>> responses = new ArrayList<>();
                try (AbstractPipeline redis = bench.plain().client().pipelined()) {
                    for (Chunk chunk : chunks) {
                        plain.add(redis, chunk.hash(), chunk.text(), vectors.get(chunk.index()), responses);
                    }
                }
                responses.forEach(Response::get);
                millis.add((System.nanoTime() - start) / 1e6);
            }
        }
        return Latencies.of(millis);
    }

    static FreshnessProbe probe(Testbench bench, Pipeline pipeline, Embedder embedder, VectorIndex index) {
        return new FreshnessProbe(
                pipeline.kafka(),
                embedder,
                index,
                bench.workload().deck(),
                pipeline.token(),
                bench.settings().seed());
    }
}
