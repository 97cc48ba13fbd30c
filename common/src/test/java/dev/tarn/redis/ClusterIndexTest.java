package dev.tarn.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.testing.RedisCluster;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** A collection in one vector set of a cluster, found through one of its nodes. */
class ClusterIndexTest extends RedisIndexContract {
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    protected RedisSettings redis() {
        return RedisSettings.of(cluster.seed());
    }

    @Override
    protected EngineSettings engine() {
        return new EngineSettings(EngineSettings.Kind.VECTOR_SET, 1, HnswSettings.DEFAULT);
    }

    @Override
    protected void empty(UnifiedJedis client) {
        cluster.flush();
    }

    @Override
    protected long vectors(UnifiedJedis client) {
        return keys("tarn:vectors:*").stream().mapToLong(client::vcard).sum();
    }

    @Test
    void aClusterHasOneDatabaseOnly() {
        assertThatThrownBy(() -> RedisClients.open(RedisSettings.of(URI.create(cluster.seed() + "/1"))))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("database 0");
    }
}
