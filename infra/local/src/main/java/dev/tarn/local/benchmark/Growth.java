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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * {@code growth}: what changes as the index grows, for each quantization. Generated documents, and the model server that
 * computes nothing; in turn with the pipeline's, an index of plain writes of the same vectors grows in the same Redis.
 */
final class Growth implements Measurement {
    private static final int SLICE = 20_000;
    private static final int QUERIES = 200;
    private static final int TOP = 10;
    private static final double MEBIBYTE = 1 << 20;

    private final Map<Cell, List<Double>> samples = new LinkedHashMap<>();

    /** What has a sample in each round. */
    private record Cell(String series, long size, String metric, String unit) {}

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        boolean quantizes = bench.engine() == EngineSettings.Kind.VECTOR_SET;
        List<HnswSettings.Quantization> quantizations =
                quantizes ? bench.settings().quantizations() : List.of(HnswSettings.Quantization.NOQUANT);
        for (int round = 0; round < bench.settings().rounds(); round++) {
            for (HnswSettings.Quantization quantization : quantizations) {
                bench.events().line("growth: round " + (round + 1) + ", " + quantization);
                try (OneIndex index = new OneIndex(bench, bench.settings().hnsw(quantization))) {
                    index.grow();
                }
            }
        }
        samples.forEach((cell, values) ->
                report.row(cell.series(), cell.size(), cell.metric(), cell.unit(), Spread.of(values)));
        report.note("throughput is that of the chunks since the size before, plain writes and the pipeline in turn;"
                + " freshness is idle; recall@" + TOP + " and the times of a search are of " + QUERIES
                + " searches; vectors lie in heaps as those of texts do, but are made from hashes");
        report.lines("First load", "throughput", "chunks/s");
        report.lines("From publish to searchable, idle: p50", "freshness, p50", "ms");
        report.lines("Search: p50", "search, p50", "ms");
        report.lines("Recall@" + TOP + " against exact search", "recall", "share of the nearest " + TOP);
        report.lines("Memory of Redis", "memory of Redis", "MiB");
        report.lines("Heap of the TaskManager after a collection", "heap of the TaskManager", "MiB");
    }

    /** The pipeline's index, and beside it the one of plain writes. */
    private final class OneIndex implements AutoCloseable {
        private final Testbench bench;
        private final HnswSettings hnsw;
        private final Generated generated;
        private final TopicVectors vectors;
        private final List<float[]> queries;
        private final ExactSearch exact;
        private final WriteRoof roof;
        private final Embedder embedder;
        private final Pipeline pipeline;
        private final VectorIndex index;
        private final PlainIndex plain;
        private int indexed;
        private int written;
        private long plainMemory;

        OneIndex(Testbench bench, HnswSettings hnsw) {
            this.bench = bench;
            this.hnsw = hnsw;
            generated = new Generated(bench.settings().seed());
            vectors = new TopicVectors(bench.settings().seed());
            queries = generated.queries(QUERIES).stream().map(vectors::of).toList();
            exact = new ExactSearch(queries, TOP);
            roof = new WriteRoof(bench.plain().client(), bench.engine(), hnsw);
            embedder = bench.freeModel().embedder();
            pipeline = bench.pipeline(bench.freeModel(), hnsw, false);
            index = pipeline.reader(embedder);
            plain = PlainIndex.of(bench.plain().client(), bench.engine(), hnsw, "benchmark:growth");
        }

        void grow() throws InterruptedException, ExecutionException {
            pipeline.compile();
            for (int size : bench.settings().sizes()) {
                load(size);
                add(size, "memory of Redis", "MiB", (bench.plain().usedMemory() - plainMemory) / MEBIBYTE);
                add(size, "heap of the TaskManager", "MiB", new TaskManagerMemory(bench).heap() / MEBIBYTE);
                search(size);
                freshness(size);
            }
        }

        private void load(int size) throws InterruptedException, ExecutionException {
            int before = indexed;
            double plainSeconds = 0;
            double seconds = 0;
            while (indexed < size) {
                Workload slice = generated.documents(indexed, Math.min(size, indexed + SLICE));
                plainSeconds += writePlainly(slice.texts());
                String task = "growth to " + size + ", " + hnsw.quantization();
                seconds += new Load(pipeline.kafka())
                        .run(slice.documents(), bench.events(), task)
                        .seconds();
                indexed += slice.size();
                remember(slice);
            }
            int chunks = indexed - before;
            samples("Redis alone", size, "throughput", "chunks/s").add(chunks / plainSeconds);
            add(size, "throughput", "chunks/s", chunks / seconds);
            add(size, "throughput / Redis alone", "", plainSeconds / seconds);
        }

        private double writePlainly(List<String> texts) throws InterruptedException, ExecutionException {
            List<float[]> slice = texts.stream().map(vectors::of).toList();
            WriteRoof.Pair best = BestPairs.key(bench.best().writing(hnsw, texts, slice));
            long before = bench.plain().usedMemory();
            double seconds = texts.size() / roof.run(plain, written, texts, slice, best);
            plainMemory += bench.plain().usedMemory() - before;
            written += texts.size();
            return seconds;
        }

        private void remember(Workload slice) {
            for (int i = 0; i < slice.documents().size(); i++) {
                InputDocument document = slice.documents().get(i);
                for (Chunk chunk : slice.chunks().get(i)) {
                    exact.add(name(document.id(), chunk.text()), vectors.of(chunk.embeddingText()));
                }
            }
        }

        private void search(int size) {
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
            add(size, "search, p50", "ms", latencies.p50());
            add(size, "search, p99", "ms", latencies.p99());
            add(size, "recall", "", recall / queries.size());
        }

        private void freshness(int size) throws InterruptedException {
            int probes = bench.settings().probes();
            FreshnessProbe probe = Freshness.probe(bench, pipeline, embedder, index);
            try (Events.Bar bar = bench.events().begin("freshness at " + size, probes)) {
                Latencies latencies = probe.published(probes, () -> {}, bar);
                add(size, "freshness, p50", "ms", latencies.p50());
                add(size, "freshness, p99", "ms", latencies.p99());
            }
            probe.published().forEach(note -> exact.add(name(note.id(), note.text()), note.vector()));
        }

        private void add(int size, String metric, String unit, double value) {
            samples("pipeline", size, metric, unit).add(value);
        }

        private List<Double> samples(String series, int size, String metric, String unit) {
            Cell cell = new Cell(series + ", " + hnsw.quantization(), size, metric, unit);
            return samples.computeIfAbsent(cell, key -> new ArrayList<>());
        }

        @Override
        public void close() {
            plain.close();
            index.close();
            pipeline.close();
            embedder.close();
        }
    }

    private static String name(String document, String text) {
        return document + " " + text.hashCode();
    }
}
