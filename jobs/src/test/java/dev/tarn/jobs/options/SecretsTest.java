package dev.tarn.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.security.Secret;
import dev.tarn.security.Tls;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SecretsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TARN_REDIS_PASSWORD", "hunter2", "TARN_OLLAMA_API_KEY", "hunter2");

    @TempDir
    Path folder;

    @Test
    void whatTravelsIsWhereTheSecretIs() {
        Secret password = redis(ENVIRONMENT).settings(1).password();
        Secret key = ollama(ENVIRONMENT).embedding().apiKey();

        assertThat(password).isEqualTo(new Secret("TARN_REDIS_PASSWORD", null, true));
        assertThat(key).isEqualTo(new Secret("TARN_OLLAMA_API_KEY", null, true));
    }

    @Test
    void aFileIsNamedByItsWholePathOnTheCommandLineOrInTheEnvironment() {
        RedisOptions redis = redis(Map.of(), "--redis-password-file=secret");
        OllamaOptions ollama = ollama(Map.of("TARN_OLLAMA_API_KEY_FILE", "/run/secrets/key"));

        assertThat(redis.settings(1).password().file())
                .isEqualTo(Path.of("secret").toAbsolutePath().toString());
        assertThat(ollama.embedding().apiKey().file()).isEqualTo("/run/secrets/key");
    }

    @ParameterizedTest
    @CsvSource({
        "--redis-password=hunter2, TARN_REDIS_PASSWORD, --redis-password-file",
        "--redis-password hunter2, TARN_REDIS_PASSWORD, --redis-password-file",
        "--ollama-api-key=hunter2, TARN_OLLAMA_API_KEY, --ollama-api-key-file",
        "--kafka-config=sasl.jaas.config=hunter2, sasl.jaas.config, --kafka-config-file",
        "--kafka-config=ssl.keystore.password=hunter2, ssl.keystore.password, --kafka-config-file",
        "--kafka-config=my.secret=hunter2, my.secret, --kafka-config-file",
        "--redis=redis://:hunter2@localhost, TARN_REDIS_PASSWORD, --redis-password-file",
        "--ollama=http://user:hunter2@localhost, TARN_OLLAMA_API_KEY, --ollama",
        "--pasword hunter2, --pasword, --help",
        "--pasword=hunter2, --pasword, --help"
    })
    void aSecretOnTheCommandLineIsRefusedWithoutBeingRepeated(String arguments, String named, String remedy) {
        assertThatThrownBy(() -> settings(arguments.split(" ", -1)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining(named)
                .hasMessageContaining(remedy)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void aSecretAmongTheOptionsOfAFileIsRefusedAsWell() throws IOException {
        Path config = Files.writeString(folder.resolve("tarn.properties"), "redis-password=hunter2");

        assertThatThrownBy(() -> settings("--config", config.toString()))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--redis-password-file")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void certificatesAreRefusedWhereNoTlsUsesThem() {
        assertThat(redis(Map.of(), "--redis=rediss://redis", "--redis-ca-file=/ca.pem")
                        .settings(1)
                        .tls())
                .isEqualTo(Tls.trusting("/ca.pem"));
        assertThatThrownBy(() -> redis(Map.of(), "--redis-ca-file=/ca.pem").settings(1))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("rediss://");
        assertThatThrownBy(() -> ollama(Map.of(), "--ollama-ca-file=/ca.pem").embedding())
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("https://");
    }

    private static void settings(String... arguments) {
        Everything options = parsed(new Everything(), Map.of(), arguments);
        options.kafka.settings();
        options.redis.settings(1);
        options.ollama.embedding();
    }

    private static RedisOptions redis(Map<String, String> environment, String... arguments) {
        return parsed(new RedisOptions(environment), environment, arguments);
    }

    private static OllamaOptions ollama(Map<String, String> environment, String... arguments) {
        return parsed(new OllamaOptions(environment), environment, arguments);
    }

    private static <T> T parsed(T options, Map<String, String> environment, String... arguments) {
        return JobOptions.parse(options, environment, new PrintWriter(Writer.nullWriter()), arguments)
                .orElseThrow();
    }

    @CommandLine.Command
    private static final class Everything {
        @CommandLine.Mixin
        private final JobOptions unusedButForConfig = new JobOptions();

        @CommandLine.Mixin
        private final KafkaOptions kafka = new KafkaOptions();

        @CommandLine.Mixin
        private final RedisOptions redis = new RedisOptions(Map.of());

        @CommandLine.Mixin
        private final OllamaOptions ollama = new OllamaOptions(Map.of());
    }
}
