package dev.tarn.local.benchmark;

import dev.tarn.model.EncodedVector;
import dev.tarn.redis.HnswSettings;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.args.SortingOrder;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.IndexDataType;
import redis.clients.jedis.search.schemafields.TextField;
import redis.clients.jedis.search.schemafields.VectorField;

/** An index of the query engine over hashes with text and vector. */
final class PlainSearchIndex implements PlainIndex {
    private final RedisClient redis;
    private final HnswSettings hnsw;
    private final String name;
    private boolean isMade;

    PlainSearchIndex(RedisClient redis, HnswSettings hnsw, String name) {
        this.redis = redis;
        this.hnsw = hnsw;
        this.name = name;
    }

    /** The dimension is that of the first vector. */
    private void make(int dimension) {
        redis.ftCreate(
                name,
                FTCreateParams.createParams().on(IndexDataType.HASH).prefix(name + ":"),
                List.of(
                        TextField.of("text"),
                        VectorField.builder()
                                .fieldName("vector")
                                .algorithm(VectorField.VectorAlgorithm.HNSW)
                                .addAttribute("TYPE", "FLOAT32")
                                .addAttribute("DIM", dimension)
                                .addAttribute("DISTANCE_METRIC", "COSINE")
                                .addAttribute("M", hnsw.m())
                                .addAttribute("EF_CONSTRUCTION", hnsw.efConstruction())
                                .build()));
        isMade = true;
    }

    @Override
    public synchronized void add(
            AbstractPipeline pipeline, String element, String text, float[] vector, List<Response<?>> responses) {
        if (!isMade) {
            make(vector.length);
        }
        responses.add(pipeline.sendCommand(new CommandArguments(Protocol.Command.HSET)
                .key(name + ":" + element)
                .add("text")
                .add(text)
                .add("vector")
                .add(EncodedVector.of(vector).bytes())));
    }

    @Override
    public List<String> search(float[] vector, int count) {
        FTSearchParams params = FTSearchParams.searchParams()
                .params(Map.of(
                        "vector",
                        EncodedVector.of(vector).bytes(),
                        "count",
                        count,
                        "ef",
                        Math.max(count, hnsw.efSearch())))
                .sortBy("distance", SortingOrder.ASC)
                .limit(0, count)
                .returnFields("distance", "text")
                .timeout(0)
                .dialect(2);
        return redis
                .ftSearch(name, "*=>[KNN $count @vector $vector EF_RUNTIME $ef AS distance]", params)
                .getDocuments()
                .stream()
                .map(found -> found.getId().substring(name.length() + 1))
                .toList();
    }

    @Override
    public synchronized void close() {
        if (isMade) {
            redis.ftDropIndexDD(name);
            isMade = false;
        }
    }
}
