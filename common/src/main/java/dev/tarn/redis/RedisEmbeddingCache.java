package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.model.EmbeddingCache;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.model.EncodedVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Keeps vectors in Redis, by the digests of model and text. They lie in one part, on a cluster in many so that
 * they are on all of its nodes. Each part has two generations: what is kept goes to the recent one, and when that has its
 * share the earlier one goes, and the recent one takes its place. What is found in the earlier one is kept again. So a
 * vector stays for at least as many others as half of the limit, counted from its last use.
 */
final class RedisEmbeddingCache implements EmbeddingCache {
    private static final Script KEEP = Script.named("keep.lua");
    private static final int PARTS_OF_CLUSTER = 16;
    private static final int DIGEST_BYTES = 16;

    private final UnifiedJedis redis;
    private final String model;
    private final int dimension;
    private final int most;
    private final int parts;
    private final byte[] share;

    /**
     * Keeps vectors of this model.
     *
     * @param most vectors of all models; with 0 it finds what others keep, and writes nothing
     */
    RedisEmbeddingCache(UnifiedJedis redis, EmbeddingModelInfo model, int most) {
        this.redis = redis;
        this.model = model.name() + '\n' + model.digest() + '\n';
        dimension = model.dimension();
        this.most = most;
        parts = redis instanceof ClusterClient ? PARTS_OF_CLUSTER : 1;
        share = Integer.toString(Math.max(1, most / (2 * parts))).getBytes(UTF_8);
    }

    @Override
    public List<EncodedVector> find(List<String> texts) {
        return texts.isEmpty() ? List.of() : RedisFailures.classified(() -> findAll(texts));
    }

    private List<EncodedVector> findAll(List<String> texts) {
        List<byte[]> fields = texts.stream().map(this::field).toList();
        Map<Integer, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            places.computeIfAbsent(part(fields.get(i)), part -> new ArrayList<>())
                    .add(i);
        }
        Map<Integer, Response<List<byte[]>>> recent = new HashMap<>();
        Map<Integer, Response<List<byte[]>>> earlier = new HashMap<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            places.forEach((part, wanted) -> {
                byte[][] names = wanted.stream().map(fields::get).toArray(byte[][]::new);
                recent.put(part, pipeline.hmget(recent(part), names));
                earlier.put(part, pipeline.hmget(earlier(part), names));
            });
        }
        EncodedVector[] found = new EncodedVector[texts.size()];
        List<byte[]> again = new ArrayList<>();
        List<byte[]> vectors = new ArrayList<>();
        places.forEach((part, wanted) -> {
            for (int i = 0; i < wanted.size(); i++) {
                byte[] vector = recent.get(part).get().get(i);
                if (vector == null && earlier.get(part).get().get(i) != null) {
                    vector = earlier.get(part).get().get(i);
                    again.add(fields.get(wanted.get(i)));
                    vectors.add(vector);
                }
                found[wanted.get(i)] = decoded(vector);
            }
        });
        keepAll(again, vectors);
        return Arrays.asList(found);
    }

    /** Null where there is none, or one of another dimension. */
    private EncodedVector decoded(byte[] bytes) {
        return bytes == null || bytes.length != dimension * Float.BYTES ? null : new EncodedVector(bytes);
    }

    @Override
    public void keep(List<String> texts, List<EncodedVector> vectors) {
        RedisFailures.run(() -> keepAll(
                texts.stream().map(this::field).toList(),
                vectors.stream().map(EncodedVector::bytes).toList()));
    }

    private void keepAll(List<byte[]> fields, List<byte[]> vectors) {
        if (most == 0) {
            return;
        }
        Map<Integer, List<byte[]>> byPart = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            List<byte[]> arguments =
                    byPart.computeIfAbsent(part(fields.get(i)), part -> new ArrayList<>(List.of(share)));
            arguments.add(fields.get(i));
            arguments.add(vectors.get(i));
        }
        if (byPart.isEmpty()) {
            return;
        }
        try {
            keep(byPart, true);
        } catch (JedisNoScriptException e) {
            keep(byPart, false);
        }
    }

    private void keep(Map<Integer, List<byte[]>> byPart, boolean byDigest) {
        List<Response<Object>> kept = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            byPart.forEach((part, arguments) ->
                    kept.add(KEEP.queue(pipeline, byDigest, List.of(recent(part), earlier(part)), arguments)));
        }
        kept.forEach(Response::get);
    }

    private static byte[] recent(int part) {
        return Keys.embeddings(part, "recent").getBytes(UTF_8);
    }

    private static byte[] earlier(int part) {
        return Keys.embeddings(part, "earlier").getBytes(UTF_8);
    }

    private byte[] field(String text) {
        return Digests.sha256(model + text, DIGEST_BYTES).getBytes(UTF_8);
    }

    private int part(byte[] field) {
        return Math.floorMod(Arrays.hashCode(field), parts);
    }
}
