package dev.tarn.local.benchmark;

import dev.tarn.document.Chunk;
import dev.tarn.model.Embedder;
import dev.tarn.retrieval.RetrievalSettings;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/** Searches of a plain index for as many candidates as a retrieval asks for: the floor of what a retrieval takes. */
final class PlainSearches implements AutoCloseable {
    private static final int CANDIDATES = RetrievalSettings.DEFAULT.candidates();

    private final PlainIndex index;
    private final List<float[]> vectors;

    private PlainSearches(PlainIndex index, List<float[]> vectors) {
        this.index = index;
        this.vectors = vectors;
    }

    /** Embeds and writes some more chunks than are searched for. */
    static PlainSearches over(Testbench bench, Pipeline pipeline) {
        List<List<Chunk>> documents =
                bench.workload().like(pipeline.token(), 2 * CANDIDATES).chunks();
        List<Chunk> chunks = documents.stream().flatMap(List::stream).toList();
        List<float[]> vectors = new ArrayList<>();
        PlainIndex index = PlainIndex.of(bench.plain().client(), bench.engine(), pipeline.hnsw(), "benchmark:searches");
        try (Embedder embedder = pipeline.model().embedder()) {
            for (List<Chunk> document : documents) {
                vectors.addAll(embedder.embed(
                        document.stream().map(Chunk::embeddingText).toList()));
            }
        }
        List<Response<?>> responses = new ArrayList<>();
        try (AbstractPipeline redis = bench.plain().client().pipelined()) {
            for (int i = 0; i < chunks.size(); i++) {
                index.add(redis, chunks.get(i).hash(), chunks.get(i).text(), vectors.get(i), responses);
            }
        }
        responses.forEach(Response::get);
        return new PlainSearches(index, vectors);
    }

    /** Milliseconds of so many searches, one after another. */
    Latencies search(int searches) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < searches; i++) {
            long start = System.nanoTime();
            index.search(vectors.get(i % vectors.size()), CANDIDATES);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        return Latencies.of(millis);
    }

    @Override
    public void close() {
        index.close();
    }
}
