package dev.tarn.local.benchmark;

import dev.tarn.model.EncodedVector;
import dev.tarn.redis.HnswSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.VAddParams;
import redis.clients.jedis.params.VSimParams;

/** A vector set, and a hash for each text. */
final class PlainVectorSet implements PlainIndex {
    private static final int BATCH = 1_000;

    private final RedisClient redis;
    private final HnswSettings hnsw;
    private final String name;
    private final VAddParams params;
    private final Queue<String> elements = new ConcurrentLinkedQueue<>();

    PlainVectorSet(RedisClient redis, HnswSettings hnsw, String name) {
        this.redis = redis;
        this.hnsw = hnsw;
        this.name = name;
        params = new VAddParams().m(hnsw.m()).ef(hnsw.efConstruction());
        switch (hnsw.quantization()) {
            case Q8 -> params.q8();
            case NOQUANT -> params.noQuant();
            case BIN -> params.bin();
        }
    }

    @Override
    public void add(
            AbstractPipeline pipeline, String element, String text, float[] vector, List<Response<?>> responses) {
        elements.add(element);
        responses.add(pipeline.hset(payload(element), Map.of("text", text)));
        responses.add(pipeline.vaddFP32(vectors(), EncodedVector.of(vector).bytes(), element, params));
    }

    @Override
    public List<String> search(float[] vector, int count) {
        VSimParams nearest = new VSimParams().count(count).ef(Math.max(count, hnsw.efSearch()));
        List<String> names = redis.executeCommand(Fp32.vsim(vectors(), vector, nearest));
        List<Response<String>> texts = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            names.forEach(each -> texts.add(pipeline.hget(payload(each), "text")));
        }
        texts.forEach(Response::get);
        return names;
    }

    @Override
    public void close() {
        List<String> payloads = new ArrayList<>();
        for (String element = elements.poll(); element != null; element = elements.poll()) {
            payloads.add(payload(element));
            if (payloads.size() == BATCH) {
                redis.del(payloads.toArray(String[]::new));
                payloads.clear();
            }
        }
        payloads.add(vectors());
        redis.del(payloads.toArray(String[]::new));
    }

    private String vectors() {
        return name + ":vectors";
    }

    private String payload(String element) {
        return name + ":" + element;
    }
}
