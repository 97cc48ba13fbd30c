package dev.tarn.redis;

import dev.tarn.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import redis.clients.jedis.UnifiedJedis;

class VectorSetFilterTest extends FilterContract {
    private final RedisServer server = RedisServer.start();

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    protected RedisSettings redis() {
        return RedisSettings.of(server.uri());
    }

    @Override
    protected EngineSettings.Kind engine() {
        return EngineSettings.Kind.VECTOR_SET;
    }

    @Override
    protected void empty(UnifiedJedis client) {
        client.flushAll();
    }
}
