package dev.tarn.local.benchmark;

import dev.tarn.model.Embedder;
import dev.tarn.redis.HnswSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** How model servers and Redis are best called, found by trying, once for each. For one thread. */
final class BestPairs {
    private static final int[] BATCHES = {1, 8, 16, 32, 64, 128, 512};
    private static final int[] CALLS = {1, 2, 4, 8};
    private static final int[] DEPTHS = {16, 64, 256};
    private static final int[] CONNECTIONS = {1, 2};
    private static final Duration TRY = Duration.ofSeconds(2);
    private static final int MOST_WRITTEN = 2_000;

    private final Testbench bench;
    private final Map<String, Embedding> embeddings = new HashMap<>();
    private final Map<HnswSettings, Map<WriteRoof.Pair, Double>> writes = new HashMap<>();

    BestPairs(Testbench bench) {
        this.bench = bench;
    }

    /** Chunks a second for each way of calling. */
    record Embedding(Map<EmbedRoof.Pair, Double> rates) {
        EmbedRoof.Pair best() {
            return key(rates);
        }
    }

    /** Tries each way for some seconds with the texts of a load. */
    Embedding embedding(Model model) throws InterruptedException, ExecutionException {
        Embedding known = embeddings.get(model.name());
        return known != null ? known : sweep(model);
    }

    private Embedding sweep(Model model) throws InterruptedException, ExecutionException {
        List<String> texts =
                bench.workload().like("sweep", bench.settings().chunks()).texts();
        Map<EmbedRoof.Pair, Double> rates = new LinkedHashMap<>();
        try (Embedder embedder = model.embedder();
                Events.Bar bar =
                        bench.events().begin("the " + model.name() + " alone", (long) BATCHES.length * CALLS.length)) {
            EmbedRoof roof = new EmbedRoof(embedder);
            roof.run(texts, new EmbedRoof.Pair(1, 4), TRY);
            for (int batch : BATCHES) {
                for (int calls : CALLS) {
                    EmbedRoof.Pair pair = new EmbedRoof.Pair(batch, calls);
                    rates.put(pair, roof.run(texts, pair, TRY).perSecond());
                    bar.accept(rates.size());
                }
            }
        }
        Embedding found = new Embedding(rates);
        embeddings.put(model.name(), found);
        return found;
    }

    /** Chunks a second for each way of writing these vectors, or as many of them as take some seconds. */
    Map<WriteRoof.Pair, Double> writing(HnswSettings hnsw, List<String> texts, List<float[]> vectors)
            throws InterruptedException, ExecutionException {
        Map<WriteRoof.Pair, Double> known = writes.get(hnsw);
        if (known != null) {
            return known;
        }
        int size = Math.min(MOST_WRITTEN, texts.size());
        WriteRoof roof = new WriteRoof(bench.plain().client(), bench.engine(), hnsw);
        Map<WriteRoof.Pair, Double> rates = new LinkedHashMap<>();
        try (Events.Bar bar = bench.events().begin("Redis alone", (long) DEPTHS.length * CONNECTIONS.length)) {
            for (int depth : DEPTHS) {
                for (int connections : CONNECTIONS) {
                    WriteRoof.Pair pair = new WriteRoof.Pair(depth, connections);
                    rates.put(pair, roof.run(texts.subList(0, size), vectors.subList(0, size), pair));
                    bar.accept(rates.size());
                }
            }
        }
        writes.put(hnsw, rates);
        return rates;
    }

    /** The key of the greatest value. */
    static <K> K key(Map<K, Double> rates) {
        return rates.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }
}
