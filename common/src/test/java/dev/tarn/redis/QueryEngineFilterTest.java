package dev.tarn.redis;

import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import redis.clients.jedis.UnifiedJedis;

/** Runs on a server that is given; its keys {@code tarn:*} and indexes {@code tarn*} are removed. */
@EnabledIfEnvironmentVariable(
        named = "TARN_TEST_SEARCH_REDIS",
        matches = "redis://.+",
        disabledReason = "TARN_TEST_SEARCH_REDIS names no Redis with the query engine, such as the image redis:8 is")
class QueryEngineFilterTest extends FilterContract {

    @Override
    protected RedisSettings redis() {
        return RedisSettings.of(URI.create(System.getenv("TARN_TEST_SEARCH_REDIS")));
    }

    @Override
    protected EngineSettings.Kind engine() {
        return EngineSettings.Kind.QUERY_ENGINE;
    }

    @Override
    protected void empty(UnifiedJedis client) {
        client.ftList().stream().filter(name -> name.startsWith("tarn")).forEach(client::ftDropIndex);
        client.keys("tarn:*").forEach(client::del);
    }
}
