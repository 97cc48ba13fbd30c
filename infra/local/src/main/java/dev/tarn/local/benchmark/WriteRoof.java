package dev.tarn.local.benchmark;

import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** Chunks a second that Redis takes when it is written to directly, in pipelines. */
final class WriteRoof {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final RedisClient redis;
    private final EngineSettings.Kind engine;
    private final HnswSettings hnsw;

    WriteRoof(RedisClient redis, EngineSettings.Kind engine, HnswSettings hnsw) {
        this.redis = redis;
        this.engine = engine;
        this.hnsw = hnsw;
    }

    /**
     * How it is written to.
     *
     * @param depth chunks that are sent before their replies are read
     * @param connections that do so at once
     */
    record Pair(int depth, int connections) {
        @Override
        public String toString() {
            return depth + " chunks deep x " + connections + " connections";
        }
    }

    /** Writes all of them into an index of their own, and deletes it. */
    double run(List<String> texts, List<float[]> vectors, Pair pair) throws InterruptedException, ExecutionException {
        try (PlainIndex index = PlainIndex.of(redis, engine, hnsw, "benchmark:roof:" + NUMBER.getAndIncrement())) {
            return run(index, 0, texts, vectors, pair);
        }
    }

    /**
     * Writes all of them into an index.
     *
     * @param first the number of the first of them; no number comes twice
     */
    double run(PlainIndex index, int first, List<String> texts, List<float[]> vectors, Pair pair)
            throws InterruptedException, ExecutionException {
        List<Callable<Object>> writes = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += pair.depth()) {
            int begin = from;
            int end = Math.min(texts.size(), from + pair.depth());
            writes.add(Executors.callable(() -> write(index, first, begin, end, texts, vectors)));
        }
        long start = System.nanoTime();
        InParallel.run(pair.connections(), writes);
        return texts.size() / ((System.nanoTime() - start) / 1e9);
    }

    private void write(PlainIndex index, int first, int from, int to, List<String> texts, List<float[]> vectors) {
        List<Response<?>> responses = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (int i = from; i < to; i++) {
                index.add(pipeline, Integer.toString(first + i), texts.get(i), vectors.get(i), responses);
            }
        }
        responses.forEach(Response::get);
    }
}
