package dev.tarn.redis;

import dev.tarn.index.IndexSize;
import dev.tarn.index.IndexSpec;
import redis.clients.jedis.UnifiedJedis;

/**
 * What a Redis holds; for people, not for decisions.
 *
 * @param version of the server
 * @param spec how the index was made, or null where there is none
 * @param size how much it holds
 */
public record RedisStatus(String version, IndexSpec spec, IndexSize size) {

    /**
     * Goes through the whole index.
     *
     * @throws dev.tarn.failure.TransientFailure when Redis can't answer now
     * @throws dev.tarn.failure.Misconfiguration when it denies access
     */
    public static RedisStatus read(RedisSettings settings) {
        try (UnifiedJedis redis = RedisClients.open(settings)) {
            return RedisFailures.classified(() -> {
                IndexSpec spec = StoredSpec.read(redis);
                return new RedisStatus(
                        version(redis.info("server")),
                        spec,
                        spec == null || spec.layout() != IndexSpec.LAYOUT
                                ? new IndexSize(0, 0, 0)
                                : Sizes.count(redis, Engines.open(redis, spec, HnswSettings.DEFAULT)));
            });
        }
    }

    /**
     * How the index was made, or null where there is none; reads nothing else.
     *
     * @throws dev.tarn.failure.TransientFailure when Redis can't answer now
     * @throws dev.tarn.failure.Misconfiguration when it denies access
     */
    public static IndexSpec spec(RedisSettings settings) {
        try (UnifiedJedis redis = RedisClients.open(settings)) {
            return RedisFailures.classified(() -> StoredSpec.read(redis));
        }
    }

    private static String version(String info) {
        return info.lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("?");
    }
}
