package dev.tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

class RedisServerTest {

    @Test
    void hasVectorSets() {
        try (RedisServer server = RedisServer.start();
                Jedis redis = new Jedis(server.uri())) {
            redis.vadd("points", new float[] {1, 0}, "east");
            redis.vadd("points", new float[] {0, 1}, "north");

            assertThat(redis.vsim("points", new float[] {0.1f, 0.9f})).containsExactly("north", "east");
        }
    }

    @Test
    void keepsItsDataAndItsAddressThroughAnOutage() {
        try (RedisServer server = RedisServer.start()) {
            try (Jedis redis = new Jedis(server.uri())) {
                redis.set("lake", "tarn");
            }
            server.stop();
            assertThatThrownBy(() -> new Jedis(server.uri()).close()).isInstanceOf(JedisConnectionException.class);
            server.restart();
            try (Jedis redis = new Jedis(server.uri())) {
                assertThat(redis.get("lake")).isEqualTo("tarn");
            }
        }
    }
}
