package dev.tarn.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void aSecretIsTheVariableElseWhatTheMountedFileHoldsElseNone() throws IOException {
        String file =
                Files.writeString(folder.resolve("secret"), "from-the-file\n").toString();

        assertThat(secret(Map.of("KEY", "direct", "KEY_FILE", file))).isEqualTo("direct");
        assertThat(secret(Map.of("KEY_FILE", file))).isEqualTo("from-the-file");
        assertThat(secret(Map.of("KEY", "", "KEY_FILE", ""))).isNull();
        assertThat(secret(Map.of())).isNull();
    }

    @Test
    void aFileThatCannotBeReadIsNamedByItsVariable() throws IOException {
        Path malformed = Files.writeString(folder.resolve("malformed"), "password=\\u00zz");

        assertThatThrownBy(() -> secret(Map.of("KEY_FILE", "nowhere")))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("KEY_FILE");
        assertThatThrownBy(() -> new Secrets(Map.of("FILE", malformed.toString())).properties("FILE"))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("FILE");
    }

    @Test
    void theServersGetTheSecretsThatAreTheirs() {
        Map<String, String> environment = Map.of("TARN_REDIS_PASSWORD", "p", "TARN_OLLAMA_API_KEY", "k");

        RedisOptions redis = parsed(new RedisOptions(environment));
        OllamaOptions ollama = parsed(new OllamaOptions(environment));

        assertThat(redis.settings(1).password()).isEqualTo("p");
        assertThat(ollama.embedding().apiKey()).isEqualTo("k");
    }

    private static String secret(Map<String, String> environment) {
        return new Secrets(environment).value("KEY");
    }

    private static <T> T parsed(T options) {
        return JobOptions.parse(options, Map.of(), new PrintWriter(Writer.nullWriter()))
                .orElseThrow();
    }
}
