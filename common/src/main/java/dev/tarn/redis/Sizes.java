package dev.tarn.redis;

import dev.tarn.index.IndexSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Counts an index by going through its manifests. */
final class Sizes {
    private Sizes() {}

    static IndexSize count(UnifiedJedis redis, VectorEngine engine) {
        long documents = 0;
        long chunks = 0;
        ScanParams params = new ScanParams().match(Keys.MANIFESTS).count(1_000);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.scan(cursor, params);
            List<Response<Set<String>>> manifests = new ArrayList<>();
            try (AbstractPipeline pipeline = redis.pipelined()) {
                page.getResult().forEach(key -> manifests.add(pipeline.hkeys(key)));
            }
            for (Response<Set<String>> manifest : manifests) {
                long listed = manifest.get().stream()
                        .filter(field -> field.startsWith("e:"))
                        .count();
                documents += listed > 0 ? 1 : 0;
                chunks += listed;
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return new IndexSize(documents, chunks, engine.count());
    }
}
