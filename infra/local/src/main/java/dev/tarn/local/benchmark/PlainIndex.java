package dev.tarn.local.benchmark;

import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** The same kind of index as Tarn's, written and searched without any safety: the floor of what each costs. */
interface PlainIndex extends AutoCloseable {

    /** Writes a chunk: its text and its vector. */
    void add(AbstractPipeline pipeline, String name, String text, float[] vector, List<Response<?>> responses);

    /** The names of the nearest, and their texts. */
    List<String> search(float[] vector, int count);

    /** Deletes all of it. */
    @Override
    void close();

    /** An index that lies beside all others under this name. */
    static PlainIndex of(RedisClient redis, EngineSettings.Kind kind, HnswSettings hnsw, String name) {
        return switch (kind) {
            case VECTOR_SET -> new PlainVectorSet(redis, hnsw, name);
            case QUERY_ENGINE -> new PlainSearchIndex(redis, hnsw, name);
            case AUTO -> throw new IllegalArgumentException("no engine is chosen");
        };
    }
}
