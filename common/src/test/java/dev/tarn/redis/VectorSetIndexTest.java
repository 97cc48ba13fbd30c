package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.testing.RedisServer;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.UnifiedJedis;

class VectorSetIndexTest extends RedisIndexContract {
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected RedisSettings redis() {
        return RedisSettings.of(server.uri());
    }

    @Override
    protected EngineSettings engine() {
        return new EngineSettings(EngineSettings.Kind.VECTOR_SET, 1, HnswSettings.DEFAULT);
    }

    @Override
    protected void empty(UnifiedJedis client) {
        client.flushAll();
    }

    @Override
    protected long vectors(UnifiedJedis client) {
        return keys("tarn:vectors:*").stream().mapToLong(client::vcard).sum();
    }

    @Test
    void anIndexOfAnotherQuantizationStopsTheJob() {
        HnswSettings other = new HnswSettings(HnswSettings.Quantization.BIN, 16, 200, 200);

        assertThatThrownBy(() -> RedisIndex.openForWriting(
                                redis(), settings(new EngineSettings(EngineSettings.Kind.AUTO, 1, other)))
                        .close())
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("quantization=bin")
                .hasMessageContaining("--quantization");
    }

    @Test
    void scriptsAreLoadedAgainAfterTheServerForgotThem() {
        client().scriptFlush("any");

        assertThat(deliver(chunked(at(1), document("a"), "one")).embedded()).isEqualTo(1);
    }

    @Test
    void aServerWithoutTheQueryEngineStopsTheJobThatAsksForIt() {
        client().flushAll();

        assertThatThrownBy(() -> RedisIndex.openForWriting(
                                redis(),
                                settings(new EngineSettings(EngineSettings.Kind.QUERY_ENGINE, 1, HnswSettings.DEFAULT)))
                        .close())
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--index-engine auto");
        assertThat(keys("*")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://localhost:6379 | redis://host:port",
                "redis:///0 | redis://host:port",
                "redis://localhost:6379/first | number of a database",
                "redis://localhost:6379,/0 | redis://host:port"
            })
    void anAddressThatCannotBeOneIsRefused(String address, String remedy) {
        assertThatThrownBy(() -> RedisClients.open(RedisSettings.of(URI.create(address))))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining(remedy);
    }

    @Test
    void severalHostsHaveToBeACluster() {
        URI two = URI.create(server.uri() + "," + server.uri().getAuthority());
        assertThat(RedisSettings.of(two)).asString().contains(server.uri().getAuthority());
        URI different = URI.create("redis://localhost:" + server.uri().getPort() + ","
                + server.uri().getAuthority());

        assertThatThrownBy(() -> RedisClients.open(RedisSettings.of(different)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("no node of a Redis Cluster");
    }
}
