package dev.tarn.redis;

import redis.clients.jedis.UnifiedJedis;

@SearchServer.Given
class QueryEngineFilterTest extends FilterContract {

    @Override
    protected RedisSettings redis() {
        return SearchServer.settings();
    }

    @Override
    protected EngineSettings.Kind engine() {
        return EngineSettings.Kind.QUERY_ENGINE;
    }

    @Override
    protected void empty(UnifiedJedis client) {
        SearchServer.empty(client);
    }
}
