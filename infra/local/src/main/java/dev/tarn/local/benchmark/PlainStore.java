package dev.tarn.local.benchmark;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.model.EncodedVector;
import dev.tarn.redis.HnswSettings;
import dev.tarn.redis.RedisSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.VAddParams;
import redis.clients.jedis.params.VSimParams;

/**
 * What writing and searching cost without any safety: payloads and vectors of a document in one round trip, and no manifest.
 * In a Redis database that is empty before and after.
 */
final class PlainStore implements AutoCloseable {
    private static final String VECTORS = "plain:vectors";
    private static final int NEIGHBORS = 16;

    private final PlainRedis database;
    private final RedisClient redis;
    private final HnswSettings hnsw;

    private PlainStore(PlainRedis database, HnswSettings hnsw) {
        this.database = database;
        redis = database.client();
        this.hnsw = hnsw;
    }

    /**
     * Opens a database.
     *
     * @throws Misconfiguration when there is something in it
     */
    static PlainStore openEmpty(RedisSettings settings, int database, HnswSettings hnsw) {
        PlainRedis redis = PlainRedis.open(settings, database);
        try {
            redis.requireEmpty();
        } catch (Misconfiguration e) {
            redis.close();
            throw e;
        }
        return new PlainStore(redis, hnsw);
    }

    /** The same Redis with this database. */
    static RedisSettings in(int database, RedisSettings redis) {
        URI uri = redis.uri();
        return new RedisSettings(
                URI.create(uri.getScheme() + "://" + uri.getAuthority() + "/" + database),
                redis.user(),
                redis.password(),
                redis.tls(),
                redis.timeout(),
                redis.connections());
    }

    /** What the server has allocated for data and all else, in bytes. */
    long usedMemory() {
        return database.usedMemory();
    }

    void write(ChunkedDocument document, List<float[]> vectors) {
        List<Response<?>> responses = new ArrayList<>();
        VAddParams params = new VAddParams().m(hnsw.m()).ef(hnsw.efConstruction());
        switch (hnsw.quantization()) {
            case Q8 -> params.q8();
            case NOQUANT -> params.noQuant();
            case BIN -> params.bin();
        }
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (Chunk chunk : document.chunks()) {
                String name = document.id() + ":" + chunk.hash();
                responses.add(pipeline.hset(
                        "plain:" + name, Map.of("text", chunk.text(), "index", Integer.toString(chunk.index()))));
                responses.add(pipeline.vaddFP32(
                        VECTORS, EncodedVector.of(vectors.get(chunk.index())).bytes(), name, params));
            }
        }
        responses.forEach(Response::get);
    }

    int search(float[] vector) {
        List<String> near = redis.executeCommand(
                Fp32.vsim(VECTORS, vector, new VSimParams().count(NEIGHBORS).ef(Math.max(NEIGHBORS, hnsw.efSearch()))));
        List<Response<String>> texts = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            near.forEach(name -> texts.add(pipeline.hget("plain:" + name, "text")));
        }
        return texts.stream().mapToInt(text -> text.get().length()).sum();
    }

    /** Calls of the server since it started, those inside of scripts included, but for looking at itself. */
    long commands() {
        return redis.info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_") && !line.startsWith("cmdstat_info"))
                .mapToLong(line -> number(line, "calls="))
                .sum();
    }

    /** Requests that the server has read; a pipeline is one, or a few where it is long. */
    long reads() {
        return redis.info("stats")
                .lines()
                .filter(line -> line.startsWith("total_reads_processed:"))
                .mapToLong(line -> number(line, ":"))
                .sum();
    }

    private static long number(String line, String after) {
        String rest = line.substring(line.indexOf(after) + after.length());
        int end = 0;
        while (end < rest.length() && Character.isDigit(rest.charAt(end))) {
            end++;
        }
        return Long.parseLong(rest.substring(0, end));
    }

    void clear() {
        database.clear();
    }

    @Override
    public void close() {
        clear();
        database.close();
    }
}
