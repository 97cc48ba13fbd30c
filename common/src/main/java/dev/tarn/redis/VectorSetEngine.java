package dev.tarn.redis;

import dev.tarn.document.Document;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.VAddParams;
import redis.clients.jedis.params.VSimParams;

/**
 * Vectors in vector sets, which every Redis from 8.0 on has.
 *
 * @see <a href="https://redis.io/docs/latest/develop/data-types/vector-sets/">Vector sets</a>
 */
final class VectorSetEngine implements VectorEngine {
    static final String NAME = "vector-set";

    /** Members that are drawn at once. */
    private static final int MEMBERS = 1_000;

    /** The odds that a member is never drawn are e to the minus this. */
    private static final double SURE = 7;

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
        return collections().stream().mapToLong(this::count).sum();
    }

    @Override
    public Response<Boolean> contains(AbstractPipeline pipeline, String collection, Member member) {
        return pipeline.vismember(Keys.vectors(collection), Keys.member(member.encodedId(), member.element()));
    }

    @Override
    public Set<String> collections() {
        Set<String> collections = new TreeSet<>();
        Scans.keys(
                redis,
                Keys.ALL_VECTORS,
                page -> page.forEach(
                        key -> collections.add(key.substring(Keys.vectors("").length()))));
        return collections;
    }

    @Override
    public long count(String collection) {
        return redis.vcard(Keys.vectors(collection));
    }

    /** There is no cursor: draws at random until it is all but certain that each has come. */
    @Override
    public void members(String collection, Consumer<List<Member>> batches) {
        long count = count(collection);
        double draws = count * (Math.log((double) Math.max(count, 1)) + SURE);
        for (long drawn = 0; drawn < draws; drawn += Math.min(count, MEMBERS)) {
            batches.accept(redis.vrandmember(Keys.vectors(collection), MEMBERS).stream()
                    .map(Member::parse)
                    .toList());
            if (count <= MEMBERS) {
                return;
            }
        }
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
