package dev.tarn.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.security.Tls;
import dev.tarn.testing.SecretFile;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaSettingsTest {
    private static final URI LOCAL = URI.create("http://127.0.0.1:11434");

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:11434", "ftp://localhost", "http:///path", "/api", "http://user:secret@localhost"})
    void anAddressThatIsNoWebAddressIsRefused(String uri) {
        assertThatThrownBy(() -> settings(URI.create(uri), "all-minilm", null))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--ollama")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sec\nret", "sec ret", "sécret", "sec\u0000ret"})
    void aKeyThatNoHeaderCanHoldIsRefusedWithoutBeingShown(String key) {
        assertThatThrownBy(() -> settings(LOCAL, "all-minilm", key).readApiKey())
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("TARN_OLLAMA_API_KEY")
                .message()
                .doesNotContain(key);
    }

    @ParameterizedTest
    @CsvSource({
        "all-minilm,all-minilm:latest",
        "all-minilm:33m,all-minilm:33m",
        "library/all-minilm,library/all-minilm:latest",
        "registry:5000/library/all-minilm,registry:5000/library/all-minilm:latest"
    })
    void aModelWithoutATagIsTheLatest(String model, String tagged) {
        assertThat(settings(LOCAL, model, null).taggedModel()).isEqualTo(tagged);
    }

    @Test
    void theKeyIsReadByWhoSendsItAndNotShown() {
        OllamaSettings settings = settings(LOCAL, "all-minilm", "secret\n");

        assertThat(settings.readApiKey()).isEqualTo("secret");
        assertThat(settings.toString())
                .contains("127.0.0.1:11434", "all-minilm")
                .doesNotContain("secret");
    }

    private static OllamaSettings settings(URI uri, String model, String key) {
        return new OllamaSettings(
                uri, model, Duration.ofSeconds(1), key == null ? null : SecretFile.holding(key), Tls.DEFAULT);
    }
}
