package dev.tarn.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.TransientFailure;
import dev.tarn.testing.RedisServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

class RedisProgressTest {
    private static final String LOG = "documents/generation-1/0";
    private static final String OTHER = "documents/generation-1/1";

    private RedisServer server;
    private RedisProgress progress;

    @BeforeEach
    void open() {
        server = RedisServer.start();
        progress = RedisProgress.open(RedisSettings.of(server.uri()));
    }

    @AfterEach
    void close() {
        progress.close();
        server.close();
    }

    @Test
    void anIndexThatKnowsNothingOfALogSaysSo() {
        assertThat(progress.begin(List.of(LOG))).isEmpty();
        assertThat(progress.forgot(List.of(LOG))).isFalse();
    }

    @Test
    void aReaderBeginsWhereTheIndexHasComeTo() {
        progress.begin(List.of(LOG, OTHER));
        progress.advance(Map.of(LOG, 42L));

        assertThat(progress.begin(List.of(LOG, OTHER))).isEqualTo(Map.of(LOG, 42L));
    }

    @Test
    void progressNeverGoesBack() {
        progress.begin(List.of(LOG));
        progress.advance(Map.of(LOG, 100L));
        progress.advance(Map.of(LOG, 99L));

        assertThat(progress.begin(List.of(LOG))).isEqualTo(Map.of(LOG, 100L));
    }

    @Test
    void aLogThatWasNotBegunIsForgottenAndDoesNotAdvance() {
        progress.advance(Map.of(LOG, 42L));

        assertThat(progress.forgot(List.of(LOG))).isTrue();
        assertThat(progress.begin(List.of(LOG))).isEmpty();
    }

    @Test
    void aServerThatStartedAgainHasForgottenUntilReadersBeginAgain() {
        progress.begin(List.of(LOG));
        progress.advance(Map.of(LOG, 42L));
        server.stop();
        assertThatThrownBy(() -> progress.forgot(List.of(LOG))).isInstanceOf(TransientFailure.class);
        server.restart();

        assertThat(progress.forgot(List.of(LOG))).isTrue();
        progress.advance(Map.of(LOG, 1_000L));
        assertThat(progress.begin(List.of(LOG))).isEqualTo(Map.of(LOG, 42L));
        progress.advance(Map.of(LOG, 43L));
        assertThat(progress.begin(List.of(LOG))).isEqualTo(Map.of(LOG, 43L));
        assertThat(progress.forgot(List.of(LOG))).isFalse();
    }

    @Test
    void anEmptiedServerHasForgotten() {
        progress.begin(List.of(LOG));
        progress.advance(Map.of(LOG, 42L));
        try (RedisClient client = RedisClient.create(server.uri())) {
            client.flushAll();
        }

        assertThat(progress.forgot(List.of(LOG))).isTrue();
        assertThat(progress.begin(List.of(LOG))).isEmpty();
    }

    @Test
    void aServerThatWasAReplicaMeanwhileHasForgotten() {
        progress.begin(List.of(LOG));
        try (RedisServer master = RedisServer.start();
                Jedis client = new Jedis(server.uri())) {
            client.replicaof("127.0.0.1", master.uri().getPort());
            client.replicaofNoOne();
        }

        assertThat(progress.forgot(List.of(LOG))).isTrue();
    }
}
