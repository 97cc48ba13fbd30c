package dev.tarn.redis;

import dev.tarn.index.IndexSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;

/** Counts an index by going through its manifests. */
final class Sizes {
    private static final int BATCH = 1_000;

    private Sizes() {}

    static IndexSize count(UnifiedJedis redis, VectorEngine engine) {
        long documents = 0;
        long chunks = 0;
        ScanIteration keys = redis.scanIteration(BATCH, Keys.MANIFESTS);
        while (!keys.isIterationCompleted()) {
            List<String> page = keys.nextBatch().getResult();
            List<Response<Set<String>>> manifests = new ArrayList<>();
            try (AbstractPipeline pipeline = redis.pipelined()) {
                page.forEach(key -> manifests.add(pipeline.hkeys(key)));
            }
            for (Response<Set<String>> manifest : manifests) {
                long listed = manifest.get().stream()
                        .filter(field -> field.startsWith("e:"))
                        .count();
                documents += listed > 0 ? 1 : 0;
                chunks += listed;
            }
        }
        long vectors = engine.collections().stream().mapToLong(engine::count).sum();
        return new IndexSize(documents, chunks, vectors);
    }
}
