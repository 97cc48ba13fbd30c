package dev.tarn.redis;

import dev.tarn.document.Document;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.index.IndexSpec;
import java.util.Arrays;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** Chooses engines, and opens them. */
final class Engines {
    private Engines() {}

    /**
     * The engine to use.
     *
     * @param stored how the index was made, or null where there is none
     * @throws Misconfiguration when the server has no engine
     */
    static EngineSettings.Kind choose(UnifiedJedis redis, EngineSettings wanted, IndexSpec stored) {
        if (wanted.kind() != EngineSettings.Kind.AUTO) {
            return wanted.kind();
        }
        if (stored != null) {
            return named(stored.engine());
        }
        if (offers(() -> redis.vcard(Keys.vectors(Document.DEFAULT_COLLECTION, 0)))) {
            return EngineSettings.Kind.VECTOR_SET;
        }
        if (offers(redis::ftList)) {
            return EngineSettings.Kind.QUERY_ENGINE;
        }
        throw new Misconfiguration("Redis has no HNSW index: neither vector sets nor the query engine."
                + " Run Redis 8.0 or later (docker run -p 6379:6379 redis:8), or name another server with --redis.");
    }

    static VectorEngine open(
            UnifiedJedis redis, EngineSettings.Kind kind, int shards, int dimension, HnswSettings hnsw) {
        return switch (kind) {
            case VECTOR_SET -> new VectorSetEngine(redis, shards, hnsw);
            case QUERY_ENGINE -> {
                if (shards != 1) {
                    throw new Misconfiguration("Only the engine vector-set has shards. Leave --index-shards out, or"
                            + " use --index-engine vector-set.");
                }
                yield new QueryEngine(redis, dimension, hnsw);
            }
            case AUTO -> throw new IllegalArgumentException("no engine is chosen");
        };
    }

    /** The engine of an index that is there. */
    static VectorEngine open(UnifiedJedis redis, IndexSpec stored, HnswSettings hnsw) {
        return open(redis, named(stored.engine()), stored.shards(), stored.dimension(), hnsw);
    }

    private static EngineSettings.Kind named(String name) {
        return Arrays.stream(EngineSettings.Kind.values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new Misconfiguration("The index in Redis was made with the engine " + name
                        + ", which this version of Tarn does not know. Run the version that made it."));
    }

    private static boolean offers(Runnable command) {
        try {
            command.run();
            return true;
        } catch (JedisDataException e) {
            if (RedisFailures.isUnknownCommand(e)) {
                return false;
            }
            throw e;
        }
    }
}
