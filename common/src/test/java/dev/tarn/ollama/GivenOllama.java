package dev.tarn.ollama;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real Ollama that is given, with the models that it has. */
final class GivenOllama {
    private static final String VARIABLE = "TARN_TEST_OLLAMA";
    private static final Duration PATIENT = Duration.ofMinutes(5);

    /** Runs with the Ollama that is given. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @EnabledIfEnvironmentVariable(
            named = VARIABLE,
            matches = "https?://.+",
            disabledReason = VARIABLE + " names no Ollama that has all-minilm, and TARN_TEST_CHAT_MODEL or llama3.2")
    @interface Needed {}

    private GivenOllama() {}

    static OllamaSettings embedding() {
        return settings("all-minilm");
    }

    static OllamaSettings chat() {
        return settings(Objects.requireNonNullElse(System.getenv("TARN_TEST_CHAT_MODEL"), "llama3.2"));
    }

    private static OllamaSettings settings(String model) {
        return new OllamaSettings(URI.create(System.getenv(VARIABLE)), model, PATIENT);
    }
}
