package dev.tarn.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.model.EmbeddingCache;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.model.EncodedVector;
import dev.tarn.testing.RedisServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

class RedisEmbeddingCacheTest {
    private static final EmbeddingModelInfo MODEL = new EmbeddingModelInfo("test", "sha256:1", 2);

    private static RedisServer server;
    private static UnifiedJedis redis;

    private final EmbeddingCache cache = new RedisEmbeddingCache(redis, MODEL, 10_000);

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        redis = RedisClients.openSharing(RedisSettings.of(server.uri()));
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void flush() {
        redis.flushAll();
    }

    @Test
    void whatIsKeptIsFoundAndNothingElse() {
        cache.keep(texts(0, 100), vectors(0, 100));

        List<EncodedVector> found = cache.find(List.of("text 99", "never kept", "text 0"));

        assertThat(found.get(0)).isEqualTo(vectors(99, 100).get(0));
        assertThat(found.get(1)).isNull();
        assertThat(found.get(2)).isEqualTo(vectors(0, 1).get(0));
        assertThat(cache.find(List.of())).isEmpty();
    }

    @Test
    void aModelDoesNotFindWhatAnotherOneEmbedded() {
        cache.keep(texts(0, 1), vectors(0, 1));

        assertThat(of("test", "sha256:2", 2).find(texts(0, 1))).containsExactly((EncodedVector) null);
        assertThat(of("other", "sha256:1", 2).find(texts(0, 1))).containsExactly((EncodedVector) null);
        assertThat(of("test", "sha256:1", 3).find(texts(0, 1))).containsExactly((EncodedVector) null);
    }

    @Test
    void noMoreAreKeptThanAllowed() {
        EmbeddingCache small = new RedisEmbeddingCache(redis, MODEL, 320);
        for (int i = 0; i < 2_000; i += 10) {
            small.keep(texts(i, i + 10), vectors(i, i + 10));
            assertThat(kept()).isLessThanOrEqualTo(320);
        }

        assertThat(kept()).isGreaterThan(100);
    }

    @Test
    void whatIsUsedStays() {
        EmbeddingCache small = new RedisEmbeddingCache(redis, MODEL, 320);
        small.keep(texts(0, 1), vectors(0, 1));
        for (int i = 1; i < 2_000; i++) {
            small.keep(texts(i, i + 1), vectors(i, i + 1));
            assertThat(small.find(texts(0, 1)).get(0)).as("after %s others", i).isNotNull();
        }
    }

    @Test
    void aServerThatForgotItsScriptsKeepsAsBefore() {
        cache.keep(texts(0, 50), vectors(0, 50));
        redis.scriptFlush("any");

        cache.keep(texts(50, 100), vectors(50, 100));

        assertThat(cache.find(texts(0, 100))).doesNotContainNull();
    }

    private static long kept() {
        return redis.keys("tarn:embeddings:*").stream().mapToLong(redis::hlen).sum();
    }

    private static EmbeddingCache of(String name, String digest, int dimension) {
        return new RedisEmbeddingCache(redis, new EmbeddingModelInfo(name, digest, dimension), 100);
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "text " + i).toList();
    }

    private static List<EncodedVector> vectors(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> EncodedVector.of(new float[] {i, 1}))
                .toList();
    }
}
