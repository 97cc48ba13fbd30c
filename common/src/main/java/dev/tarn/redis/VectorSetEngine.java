package dev.tarn.redis;

import dev.tarn.document.Document;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.VAddParams;
import redis.clients.jedis.params.VSimParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Vectors in vector sets, which every Redis from 8.0 on has.
 *
 * @see <a href="https://redis.io/docs/latest/develop/data-types/vector-sets/">Vector sets</a>
 */
final class VectorSetEngine implements VectorEngine {
    static final String NAME = "vector-set";

    private final UnifiedJedis redis;
    private final HnswSettings hnsw;

    VectorSetEngine(UnifiedJedis redis, HnswSettings hnsw) {
        this.redis = redis;
        this.hnsw = hnsw;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void requireSupport() {
        redis.vcard(Keys.vectors(Document.DEFAULT_COLLECTION));
    }

    @Override
    public Response<?> add(
            AbstractPipeline pipeline, String collection, String encodedId, String element, float[] vector) {
        VAddParams params = new VAddParams().m(hnsw.m()).ef(hnsw.efConstruction());
        switch (hnsw.quantization()) {
            case Q8 -> params.q8();
            case NOQUANT -> params.noQuant();
            case BIN -> params.bin();
        }
        return pipeline.vaddFP32(Keys.vectors(collection), fp32(vector), Keys.member(encodedId, element), params);
    }

    @Override
    public Response<?> remove(AbstractPipeline pipeline, String collection, String encodedId, String element) {
        return pipeline.vrem(Keys.vectors(collection), Keys.member(encodedId, element));
    }

    @Override
    public List<Neighbor> nearest(String collection, float[] vector, int count) {
        Map<String, Double> similar = redis.vsimWithScores(
                Keys.vectors(collection), vector, new VSimParams().count(count).ef(Math.max(count, hnsw.efSearch())));
        List<Neighbor> neighbors = new ArrayList<>(similar.size());
        similar.forEach((member, similarity) -> {
            int colon = member.indexOf(':');
            neighbors.add(new Neighbor(member.substring(0, colon), member.substring(colon + 1), cosine(similarity)));
        });
        return neighbors;
    }

    @Override
    public long count() {
        long vectors = 0;
        ScanParams params = new ScanParams().match(Keys.ALL_VECTORS).count(1_000);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.scan(cursor, params, "vectorset");
            for (String key : page.getResult()) {
                vectors += redis.vcard(key);
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return vectors;
    }

    /** A vector set's similarity is (1 + cosine) / 2. */
    private static double cosine(double similarity) {
        return 2 * similarity - 1;
    }

    private static byte[] fp32(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }
}
