package dev.tarn.redis;

import dev.tarn.security.Tls;
import dev.tarn.testing.RedisCluster;
import dev.tarn.testing.RedisUsers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.Jedis;

/** The users of {@code infra/redis/users.acl} on every node of a cluster, and a collection in several vector sets. */
class ClusterAccessTest extends RedisAccessContract {
    private static final int SHARDS = 5;

    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
        for (int i = 0; i < cluster.size(); i++) {
            try (Jedis node = cluster.connect(i)) {
                RedisUsers.addTo(node, RedisUsers.OF_VECTOR_SETS, PASSWORDS);
            }
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    protected RedisSettings as(String user) {
        return new RedisSettings(cluster.seed(), user, password(), Tls.DEFAULT, Duration.ofSeconds(20), 4);
    }

    @Override
    protected EngineSettings engine() {
        return new EngineSettings(EngineSettings.Kind.VECTOR_SET, SHARDS, HnswSettings.DEFAULT);
    }
}
