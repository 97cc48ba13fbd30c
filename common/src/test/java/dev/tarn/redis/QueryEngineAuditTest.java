package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.UnifiedJedis;

/** Runs on a server that is given; its keys {@code tarn:*} and indexes {@code tarn*} are removed. */
@EnabledIfEnvironmentVariable(
        named = "TARN_TEST_SEARCH_REDIS",
        matches = "redis://.+",
        disabledReason = "TARN_TEST_SEARCH_REDIS names no Redis with the query engine, such as the image redis:8 is")
class QueryEngineAuditTest extends RedisAuditContract {

    @Override
    protected RedisSettings redis() {
        return RedisSettings.of(URI.create(System.getenv("TARN_TEST_SEARCH_REDIS")));
    }

    @Override
    protected EngineSettings engine() {
        return new EngineSettings(EngineSettings.Kind.QUERY_ENGINE, 1, HnswSettings.DEFAULT);
    }

    @Override
    protected void empty(UnifiedJedis client) {
        client.ftList().stream().filter(name -> name.startsWith("tarn")).forEach(client::ftDropIndex);
        Scans.keys(client, "tarn:*", keys -> client.del(keys.toArray(String[]::new)));
    }

    @Override
    protected void loseVector(String id, String element) {
        client().hdel(Keys.chunk(id, element), SearchIndex.VECTOR);
    }

    @Override
    protected void strandVector(AbstractPipeline pipeline, String id, String element) {
        byte[] key = Keys.chunk(id, element).getBytes(UTF_8);
        pipeline.hset(
                key,
                Map.of(
                        SearchIndex.COLLECTION.getBytes(UTF_8),
                        "default".getBytes(UTF_8),
                        SearchIndex.VECTOR.getBytes(UTF_8),
                        Vectors.littleEndian(new float[] {1, 2, 3, id.hashCode()})));
    }
}
