package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.testing.RedisCluster;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A collection that is spread over a cluster whose nodes are all given. */
class ShardedIndexTest extends RedisIndexContract {
    private static final int SHARDS = 5;

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
        return RedisSettings.of(cluster.uri());
    }

    @Override
    protected EngineSettings engine() {
        return new EngineSettings(EngineSettings.Kind.VECTOR_SET, SHARDS, HnswSettings.DEFAULT);
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
    void documentsAreSpreadOverAllShardsAndTheseOverAllMasters() {
        IntStream.range(0, 50).forEach(i -> deliver(chunked(at(i), document("doc-" + i), "one " + i, "two " + i)));

        assertThat(keys("tarn:vectors:default:*"))
                .hasSize(SHARDS)
                .allSatisfy(key -> assertThat(client().vcard(key)).isBetween(6L, 40L));
        assertThat(keys("tarn:vectors:default:*").stream()
                        .map(key -> cluster.owner(JedisClusterCRC16.getSlot(key)))
                        .collect(Collectors.toSet()))
                .hasSize(cluster.size());
        assertThat(stored()).isEqualTo(new Stored(100, 100, 0));
    }

    @Test
    void noTwoShardsOfACollectionShareASlot() {
        assertThat(IntStream.range(0, 64).mapToObj(shard -> JedisClusterCRC16.getSlot(Keys.vectors("default", shard))))
                .doesNotHaveDuplicates();
    }
}
