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
 * Keeps vectors in Redis, by a digest of the model and the hash of the text. They lie in one part, on a cluster in many
 * so that they are on all of its nodes. Each part has two generations: what is kept goes to the recent one, and when that
 * has its share the earlier one goes, and the recent one takes its place. What is found in the earlier one is kept again.
 * So a vector stays for at least as many others as half of the limit, counted from its last use.
 */
final class RedisEmbeddingCache implements EmbeddingCache {
    static final int PARTS_OF_CLUSTER = 16;

    private static final Script KEEP = Script.named("keep.lua");
    private static final int MODEL_DIGEST_BYTES = 8;

    /** In one command, which others wait behind. */
    private static final int AT_ONCE = 32;

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
        this.model = Digests.sha256(model.name() + '\n' + model.digest(), MODEL_DIGEST_BYTES) + ':';
        dimension = model.dimension();
        this.most = most;
        parts = redis instanceof ClusterClient ? PARTS_OF_CLUSTER : 1;
        share = Integer.toString(Math.max(1, most / (2 * parts))).getBytes(UTF_8);
    }

    @Override
    public List<EncodedVector> find(List<String> hashes) {
        return hashes.isEmpty() ? List.of() : RedisFailures.classified(() -> findAll(hashes));
    }

    /**
     * What one command is about.
     *
     * @param places of the fields in the list of all
     */
    private record Group(int part, List<Integer> places) {}

    private List<Group> groups(List<byte[]> fields) {
        List<Group> groups = new ArrayList<>();
        Map<Integer, Group> latest = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            int part = Math.floorMod(Arrays.hashCode(fields.get(i)), parts);
            Group group = latest.get(part);
            if (group == null || group.places().size() == AT_ONCE) {
                group = new Group(part, new ArrayList<>());
                latest.put(part, group);
                groups.add(group);
            }
            group.places().add(i);
        }
        return groups;
    }

    private record Lookup(List<Integer> places, Response<List<byte[]>> recent, Response<List<byte[]>> earlier) {}

    private List<EncodedVector> findAll(List<String> hashes) {
        List<byte[]> fields = hashes.stream().map(this::field).toList();
        List<Lookup> lookups = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (Group group : groups(fields)) {
                byte[][] names = group.places().stream().map(fields::get).toArray(byte[][]::new);
                lookups.add(new Lookup(
                        group.places(),
                        pipeline.hmget(recent(group.part()), names),
                        pipeline.hmget(earlier(group.part()), names)));
            }
        }
        EncodedVector[] found = new EncodedVector[hashes.size()];
        List<byte[]> again = new ArrayList<>();
        List<byte[]> vectors = new ArrayList<>();
        for (Lookup lookup : lookups) {
            for (int i = 0; i < lookup.places().size(); i++) {
                int place = lookup.places().get(i);
                byte[] vector = lookup.recent().get().get(i);
                if (vector == null && lookup.earlier().get().get(i) != null) {
                    vector = lookup.earlier().get().get(i);
                    again.add(fields.get(place));
                    vectors.add(vector);
                }
                found[place] = decoded(vector);
            }
        }
        keepAll(again, vectors);
        return Arrays.asList(found);
    }

    /** Null where there is none, or one of another dimension. */
    private EncodedVector decoded(byte[] bytes) {
        return bytes == null || bytes.length != dimension * Float.BYTES ? null : new EncodedVector(bytes);
    }

    @Override
    public void keep(List<String> hashes, List<EncodedVector> vectors) {
        RedisFailures.run(() -> keepAll(
                hashes.stream().map(this::field).toList(),
                vectors.stream().map(EncodedVector::bytes).toList()));
    }

    private void keepAll(List<byte[]> fields, List<byte[]> vectors) {
        if (most == 0 || fields.isEmpty()) {
            return;
        }
        try {
            keepAll(fields, vectors, true);
        } catch (JedisNoScriptException e) {
            keepAll(fields, vectors, false);
        }
    }

    private void keepAll(List<byte[]> fields, List<byte[]> vectors, boolean byDigest) {
        List<Response<Object>> kept = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (Group group : groups(fields)) {
                List<byte[]> arguments = new ArrayList<>(List.of(share));
                for (int place : group.places()) {
                    arguments.add(fields.get(place));
                    arguments.add(vectors.get(place));
                }
                List<byte[]> keys = List.of(recent(group.part()), earlier(group.part()));
                kept.add(KEEP.queue(pipeline, byDigest, keys, arguments));
            }
        }
        kept.forEach(Response::get);
    }

    private static byte[] recent(int part) {
        return Keys.embeddings(part, "recent").getBytes(UTF_8);
    }

    private static byte[] earlier(int part) {
        return Keys.embeddings(part, "earlier").getBytes(UTF_8);
    }

    private byte[] field(String hash) {
        return (model + hash).getBytes(UTF_8);
    }
}
