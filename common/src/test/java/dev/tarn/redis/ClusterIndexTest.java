package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.index.Receipt;
import dev.tarn.model.EmbeddingCache;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.model.EncodedVector;
import dev.tarn.testing.RedisCluster;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisClusterCRC16;

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
    void vectorsThatTheirNodeLostAreWrittenAgainThoughTheNodeWithTheManifestKeptIt() {
        deliver(chunked(at(1), document("a"), "one", "two"));
        client().del(keys("tarn:vectors:*").get(0));

        Receipt again = deliver(chunked(at(1), document("a"), "one", "two"));

        assertThat(again.embedded()).isEqualTo(2);
        assertThat(stored()).isEqualTo(new Stored(2, 2, 0));
    }

    @Test
    void aChunkWhoseVectorIsLostIsNotReused() {
        deliver(chunked(at(1), document("a"), "one", "two"));
        client().del(keys("tarn:vectors:*").get(0));

        assertThat(deliver(chunked(at(2), document("a"), "one", "three")).embedded())
                .isEqualTo(2);
        assertThat(stored()).isEqualTo(new Stored(2, 2, 0));
    }

    @Test
    void everyPartOfTheSlotsHasACopyOfTheProgressAndTheLowestCounts() {
        try (RedisProgress progress = RedisProgress.open(redis())) {
            progress.begin(List.of("log"));
            progress.advance(Map.of("log", 42L));
            assertThat(progress.begin(List.of("log"))).isEqualTo(Map.of("log", 42L));
            assertThat(progress.forgot(List.of("log"))).isFalse();

            String copy = keys("tarn:progress:*").get(0);
            client().hset(copy, "log", "7");
            assertThat(progress.begin(List.of("log"))).isEqualTo(Map.of("log", 7L));
            client().del(copy);
            assertThat(progress.forgot(List.of("log"))).isTrue();
            assertThat(progress.begin(List.of("log"))).isEmpty();
        }
    }

    @Test
    void keptEmbeddingsLieOnAllNodesAndAreFound() {
        EmbeddingModelInfo model = new EmbeddingModelInfo("test", "sha256:1", 2);
        List<String> hashes =
                IntStream.range(0, 1_000).mapToObj(i -> "hash " + i).toList();
        List<EncodedVector> vectors = IntStream.range(0, 1_000)
                .mapToObj(i -> EncodedVector.of(new float[] {i, 1}))
                .toList();
        try (UnifiedJedis redis = RedisClients.openSharing(redis())) {
            EmbeddingCache cache = new RedisEmbeddingCache(redis, model, 10_000);
            cache.keep(hashes, vectors);

            assertThat(cache.find(hashes)).isEqualTo(vectors);
            List<String> parts = keys("tarn:embeddings:*");
            assertThat(parts).hasSize(RedisEmbeddingCache.PARTS_OF_CLUSTER);
            assertThat(parts.stream().map(part -> 3 * JedisClusterCRC16.getSlot(part) / (1 << 14)))
                    .contains(0, 1, 2);
        }
    }

    @Test
    void theQueryEngineIsForSingleServers() {
        cluster.flush();

        assertThatThrownBy(() -> RedisIndex.openForWriting(
                                redis(),
                                settings(new EngineSettings(EngineSettings.Kind.QUERY_ENGINE, 1, HnswSettings.DEFAULT)))
                        .close())
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("does not run on Redis Cluster")
                .hasMessageContaining("--index-engine vector-set");
    }

    @Test
    void aClusterHasOneDatabaseOnly() {
        assertThatThrownBy(() -> RedisClients.open(RedisSettings.of(URI.create(cluster.seed() + "/1"))))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("database 0");
    }
}
