package dev.tarn.redis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.security.Secret;
import dev.tarn.security.Tls;
import dev.tarn.testing.Certificates;
import dev.tarn.testing.RedisServer;
import dev.tarn.testing.RedisUsers;
import dev.tarn.testing.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The users of {@code infra/redis/users.acl} on one server, over TLS. */
class RedisAccessTest extends RedisAccessContract {
    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static RedisServer server;

    @BeforeAll
    static void start() {
        certificates = Certificates.in(folder);
        server = RedisServer.startSecured(certificates, RedisUsers.with(PASSWORDS), "optional");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected RedisSettings as(String user) {
        return as(user, password(), tls());
    }

    @Override
    protected EngineSettings engine() {
        return EngineSettings.DEFAULT;
    }

    @Test
    void whatDoesNotFitIsSaidWithItsRemedyAndNoSecret() throws Exception {
        String rogue = Certificates.in(Files.createDirectory(folder.resolve("rogue")))
                .ca()
                .toString();
        Tls trusted = tls();

        assertThatThrownBy(() -> RedisClients.open(as("tarn-query", SecretFile.holding("guessed"), trusted)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("WRONGPASS")
                .hasMessageContaining("--redis-user")
                .hasMessageNotContaining("guessed");
        assertThatThrownBy(() -> RedisClients.open(as("tarn-query", password(), Tls.trusting(rogue))))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--redis-ca-file");
        assertThatThrownBy(() -> RedisClients.open(as("tarn-query", password(), Tls.DEFAULT)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--redis-ca-file");
    }

    @Test
    void aServerThatAsksForACertificateGetsIt() {
        String users = RedisUsers.with(Map.of("tarn-query", PASSWORD));
        Tls shown = new Tls(
                certificates.ca().toString(),
                certificates.certificate("client").toString(),
                certificates.key("client").toString());
        try (RedisServer strict = RedisServer.startSecured(certificates, users, "yes")) {
            RedisSettings settings = as("tarn-query", password(), shown, strict);

            assertThatCode(() -> RedisIndex.openForReading(settings, index()).close())
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> RedisIndex.openForReading(as("tarn-query", password(), tls(), strict), index()))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    private static Tls tls() {
        return Tls.trusting(certificates.ca().toString());
    }

    private static RedisSettings as(String user, Secret password, Tls tls) {
        return as(user, password, tls, server);
    }

    private static RedisSettings as(String user, Secret password, Tls tls, RedisServer at) {
        return new RedisSettings(at.uri(), user, password, tls, Duration.ofSeconds(20), 4);
    }
}
