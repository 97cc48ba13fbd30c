package dev.tarn.local.benchmark;

import dev.tarn.document.Chunk;
import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.local.input.InputDocument;
import dev.tarn.model.Embedder;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * {@code growth}: what changes as the index grows, for each quantization. Generated documents, and the model server that
 * computes nothing; beside it, what Redis alone does when it is written the same vectors.
 */
final class Growth implements Measurement {
    private static final int SLICE = 20_000;
    private static final int QUERIES = 200;
    private static final int TOP = 10;
    private static final double MEBIBYTE = 1 << 20;
    private static final WriteRoof.Pair PLAIN = new WriteRoof.Pair(64, 2);

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        Generated generated = new Generated(bench.settings().seed());
        TopicVectors vectors = new TopicVectors(bench.settings().seed());
        boolean quantizes = bench.engine() == EngineSettings.Kind.VECTOR_SET;
        for (HnswSettings.Quantization quantization :
                quantizes ? bench.settings().quantizations() : List.of(HnswSettings.Quantization.NOQUANT)) {
            HnswSettings hnsw = bench.settings().hnsw(quantization);
            plain(bench, report, hnsw, generated, vectors);
            new OfPipeline(bench, report, hnsw, generated, vectors).run();
        }
        report.note("throughput is that of the chunks since the size before; freshness is idle; recall@" + TOP
                + " and the times of a search are of " + QUERIES
                + " searches; vectors lie in heaps as those of texts do,"
                + " but are made from hashes");
        report.lines("First load", "throughput", "chunks/s");
        report.lines("From publish to searchable, idle: p50", "freshness, p50", "ms");
        report.lines("Search: p50", "search, p50", "ms");
        report.lines("Recall@" + TOP + " against exact search", "recall", "share of the nearest " + TOP);
        report.lines("Memory of Redis", "memory of Redis", "MiB");
        report.lines("Heap of the TaskManager after a collection", "heap of the TaskManager", "MiB");
    }

    private static void plain(
            Testbench bench, Report.Section report, HnswSettings hnsw, Generated generated, TopicVectors vectors)
            throws InterruptedException, ExecutionException {
        WriteRoof roof = new WriteRoof(bench.plain().client(), bench.engine(), hnsw);
        String series = "Redis alone, " + hnsw.quantization();
        int last = bench.settings().sizes().get(bench.settings().sizes().size() - 1);
        try (PlainIndex index = PlainIndex.of(bench.plain().client(), bench.engine(), hnsw, "benchmark:growth");
                Events.Bar bar = bench.events().begin("growth, " + series, last)) {
            int written = 0;
            for (int size : bench.settings().sizes()) {
                int before = written;
                double seconds = 0;
                while (written < size) {
                    int to = Math.min(size, written + SLICE);
                    List<String> texts = generated.documents(written, to).texts();
                    List<float[]> slice = texts.stream().map(vectors::of).toList();
                    seconds += texts.size() / roof.run(index, written, texts, slice, PLAIN);
                    written += texts.size();
                    bar.accept(written);
                }
                report.row(series, (long) size, "throughput", "chunks/s", Spread.of((written - before) / seconds));
            }
        }
    }

    /** One pipeline whose index grows. */
    private static final class OfPipeline {
        private final Testbench bench;
        private final Report.Section report;
        private final HnswSettings hnsw;
        private final Generated generated;
        private final TopicVectors vectors;
        private final List<float[]> queries;
        private final ExactSearch exact;
        private int indexed;

        OfPipeline(
                Testbench bench, Report.Section report, HnswSettings hnsw, Generated generated, TopicVectors vectors) {
            this.bench = bench;
            this.report = report;
            this.hnsw = hnsw;
            this.generated = generated;
            this.vectors = vectors;
            queries = generated.queries(QUERIES).stream().map(vectors::of).toList();
            exact = new ExactSearch(queries, TOP);
        }

        void run() throws InterruptedException, IOException {
            Model model = bench.freeModel();
            try (Embedder embedder = model.embedder();
                    Pipeline pipeline = bench.pipeline(model, hnsw, false);
                    VectorIndex index = pipeline.reader(embedder)) {
                pipeline.compile();
                for (int size : bench.settings().sizes()) {
                    row(size, "throughput", "chunks/s", load(pipeline, size));
                    row(size, "memory of Redis", "MiB", bench.plain().usedMemory() / MEBIBYTE);
                    row(size, "heap of the TaskManager", "MiB", new TaskManagerMemory(bench).heap() / MEBIBYTE);
                    search(size, index);
                    freshness(size, pipeline, embedder, index);
                    new TaskManagerMemory(bench)
                            .mostResident()
                            .ifPresent(most -> row(size, "TaskManager, resident at most", "MiB", most / MEBIBYTE));
                }
            }
        }

        private double load(Pipeline pipeline, int size) {
            int before = indexed;
            double seconds = 0;
            while (indexed < size) {
                Workload slice = generated.documents(indexed, Math.min(size, indexed + SLICE));
                String task = "growth to " + size + ", " + hnsw.quantization();
                seconds += new Load(pipeline.kafka())
                        .run(slice.documents(), bench.events(), task)
                        .seconds();
                indexed += slice.size();
                remember(slice);
            }
            return (indexed - before) / seconds;
        }

        private void remember(Workload slice) {
            for (int i = 0; i < slice.documents().size(); i++) {
                InputDocument document = slice.documents().get(i);
                for (Chunk chunk : slice.chunks().get(i)) {
                    exact.add(name(document.id(), chunk.text()), vectors.of(chunk.embeddingText()));
                }
            }
        }

        private void search(int size, VectorIndex index) {
            List<Double> millis = new ArrayList<>();
            double recall = 0;
            for (int i = 0; i < queries.size(); i++) {
                Search search = new Search(Workload.COLLECTION, queries.get(i), TOP, -1, Filter.NONE);
                long start = System.nanoTime();
                List<Passage> passages = index.search(search);
                millis.add((System.nanoTime() - start) / 1e6);
                recall += exact.recall(
                        i,
                        passages.stream()
                                .map(passage -> name(passage.documentId(), passage.text()))
                                .toList());
            }
            Latencies latencies = Latencies.of(millis);
            row(size, "search, p50", "ms", latencies.p50());
            row(size, "search, p99", "ms", latencies.p99());
            row(size, "recall", "", recall / queries.size());
        }

        private void freshness(int size, Pipeline pipeline, Embedder embedder, VectorIndex index) {
            int probes = bench.settings().probes();
            try (Events.Bar bar = bench.events().begin("freshness at " + size, probes)) {
                Latencies latencies =
                        Freshness.probe(bench, pipeline, embedder, index).published(probes, () -> {}, bar);
                row(size, "freshness, p50", "ms", latencies.p50());
                row(size, "freshness, p99", "ms", latencies.p99());
            }
        }

        private void row(int size, String metric, String unit, double value) {
            report.row("pipeline, " + hnsw.quantization(), (long) size, metric, unit, Spread.of(value));
        }

        private static String name(String document, String text) {
            return document + " " + text.hashCode();
        }
    }
}
