package dev.tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;

class RedisClusterTest {

    @Test
    void aSlotMovesWithWhatItHolds() {
        try (RedisCluster cluster = RedisCluster.start();
                Jedis one = cluster.connect(0);
                RedisClusterClient client = RedisClusterClient.builder()
                        .nodes(Set.of(
                                new HostAndPort("127.0.0.1", cluster.seed().getPort())))
                        .build()) {
            client.set("lake", "tarn");
            client.vadd("points", new float[] {1, 0}, "east");
            for (String key : new String[] {"lake", "points"}) {
                int slot = (int) one.clusterKeySlot(key);
                int to = (cluster.owner(slot) + 1) % cluster.size();

                cluster.move(slot, to);

                try (Jedis target = cluster.connect(to)) {
                    assertThat(target.exists(key)).isTrue();
                }
            }
            assertThat(client.get("lake")).isEqualTo("tarn");
            assertThat(client.vcard("points")).isEqualTo(1);
        }
    }
}
