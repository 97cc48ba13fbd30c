package dev.tarn.local.benchmark;

import dev.tarn.index.VectorIndex;
import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.local.input.InputDocument;
import dev.tarn.model.Embedder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

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

    private static final int LAST_NOTES = 32;
    private static final String FLOOR = "floor: embedding + write + search";
    private static final String KAFKA = "Kafka alone: published to read";

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        Map<String, List<Latencies>> measured = new LinkedHashMap<>();
        LOADS.keySet().forEach(load -> measured.put(load, new ArrayList<>()));
        measured.put(FLOOR, new ArrayList<>());
        measured.put(KAFKA, new ArrayList<>());
        try (Embedder embedder = bench.model().embedder();
                Pipeline pipeline =
                        bench.pipeline(bench.model(), bench.settings().hnsw(), false);
                VectorIndex index = pipeline.reader(embedder)) {
            pipeline.warmUp(1);
            List<Double> speeds = new ArrayList<>();
            for (int round = 0; round < bench.settings().rounds(); round++) {
                double full = fullSpeed(bench, pipeline);
                speeds.add(full);
                measured.get(FLOOR).add(alone(bench, pipeline, embedder, index));
                measured.get(KAFKA)
                        .add(KafkaEcho.of(pipeline.kafka(), bench.settings().probes(), 1));
                for (Map.Entry<String, Double> load : LOADS.entrySet()) {
                    measured.get(load.getKey())
                            .add(underLoad(bench, pipeline, embedder, index, load.getKey(), full * load.getValue()));
                    drain(bench, pipeline);
                }
            }
            report.row("full load", "rate", "chunks/s", Spread.of(speeds));
        }
        measured.forEach((load, latencies) -> {
            report.row(
                    load,
                    "p50",
                    "ms",
                    Spread.of(latencies.stream().map(Latencies::p50).toList()));
            report.row(
                    load,
                    "p99",
                    "ms",
                    Spread.of(latencies.stream().map(Latencies::p99).toList()));
        });
        report.note("each round has at most " + bench.settings().probes()
                + " notes for each load; full load is what the pipeline did just before the round;"
                + " one that is not found within " + FreshnessProbe.LIMIT.toSeconds() + " s counts as that");
        report.bars("From publish to searchable: p50", "p50", "ms");
    }

    /** Waits for what was published; the notes are so many that each partition has one of them, as good as surely. */
    private static void drain(Testbench bench, Pipeline pipeline) {
        List<InputDocument> notes = new ArrayList<>();
        for (int i = 0; i < LAST_NOTES; i++) {
            notes.add(Workload.document(pipeline.token(), "That was all."));
        }
        new Load(pipeline.kafka()).run(notes, bench.events(), "draining");
    }

    static double fullSpeed(Testbench bench, Pipeline pipeline) {
        Workload load = bench.workload().like(pipeline.token(), bench.chunks(pipeline.model()));
        return new Load(pipeline.kafka())
                .run(load.documents(), bench.events(), "finding full speed")
                .chunksPerSecond();
    }

    private static Latencies underLoad(
            Testbench bench, Pipeline pipeline, Embedder embedder, VectorIndex index, String name, double rate) {
        AtomicReference<BackgroundLoad> background = new AtomicReference<>();
        int probes = bench.settings().probes();
        try (Events.Bar bar = bench.events().begin("freshness, " + name, probes)) {
            return probe(bench, pipeline, embedder, index)
                    .published(
                            probes,
                            () -> background.set(
                                    BackgroundLoad.start(pipeline.kafka(), bench.workload(), pipeline.token(), rate)),
                            bar);
        } finally {
            if (background.get() != null) {
                background.get().close();
            }
        }
    }

    private static Latencies alone(Testbench bench, Pipeline pipeline, Embedder embedder, VectorIndex index) {
        try (PlainIndex plain =
                PlainIndex.of(bench.plain().client(), bench.engine(), pipeline.hnsw(), "benchmark:floor")) {
            return probe(bench, pipeline, embedder, index)
                    .alone(bench.settings().probes(), bench.plain().client(), plain);
        }
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
