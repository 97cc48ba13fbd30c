package dev.tarn.local.benchmark;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.redis.EngineSettings;
import redis.clients.jedis.exceptions.JedisDataException;

/** Which engine a Redis has. */
final class Engine {
    private Engine() {}

    /**
     * The wanted one, or for {@code AUTO} the one that a new index would get.
     *
     * @throws Misconfiguration when the server lacks it
     */
    static EngineSettings.Kind of(PlainRedis redis, EngineSettings.Kind wanted) {
        boolean sets = offers(() -> redis.client().vcard("benchmark"));
        boolean queries = offers(redis.client()::ftList);
        if (wanted != EngineSettings.Kind.QUERY_ENGINE && sets) {
            return EngineSettings.Kind.VECTOR_SET;
        }
        if (wanted != EngineSettings.Kind.VECTOR_SET && queries) {
            return EngineSettings.Kind.QUERY_ENGINE;
        }
        throw new Misconfiguration("This Redis does not have the engine " + wanted
                + ". Run Redis 8 with its modules (docker run -p 6379:6379 redis:8), and name it with --redis.");
    }

    private static boolean offers(Runnable command) {
        try {
            command.run();
            return true;
        } catch (JedisDataException e) {
            return false;
        }
    }
}
