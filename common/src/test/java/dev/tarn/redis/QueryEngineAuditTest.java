package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.model.EncodedVector;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.UnifiedJedis;

@SearchServer.Given
class QueryEngineAuditTest extends RedisAuditContract {

    @Override
    protected RedisSettings redis() {
        return SearchServer.settings();
    }

    @Override
    protected EngineSettings engine() {
        return new EngineSettings(EngineSettings.Kind.QUERY_ENGINE, 1, HnswSettings.DEFAULT);
    }

    @Override
    protected void empty(UnifiedJedis client) {
        SearchServer.empty(client);
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
                        EncodedVector.of(new float[] {1, 2, 3, id.hashCode()}).bytes()));
    }
}
