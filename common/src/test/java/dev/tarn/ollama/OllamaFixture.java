package dev.tarn.ollama;

import dev.tarn.testing.FakeOllama;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;

/** Settings for a server that fails. */
final class OllamaFixture {
    /** Nothing listens on the discard port. */
    static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    static final Duration PATIENT = Duration.ofSeconds(30);
    /** Long enough to reach the server on a busy machine. */
    static final Duration IMPATIENT = Duration.ofMillis(1_500);

    private OllamaFixture() {}

    static OllamaSettings embedding(FakeOllama ollama) {
        return new OllamaSettings(ollama.uri(), FakeOllama.EMBEDDING_MODEL, PATIENT, null);
    }

    static OllamaSettings chat(FakeOllama ollama) {
        return new OllamaSettings(ollama.uri(), FakeOllama.CHAT_MODEL, PATIENT, null);
    }

    static OllamaSettings impatient(OllamaSettings settings) {
        return new OllamaSettings(settings.uri(), settings.model(), IMPATIENT, settings.apiKey());
    }

    static OllamaSettings withModel(OllamaSettings settings, String model) {
        return new OllamaSettings(settings.uri(), model, settings.timeout(), settings.apiKey());
    }

    static OllamaSettings withKey(OllamaSettings settings, String key) {
        return new OllamaSettings(settings.uri(), settings.model(), settings.timeout(), key);
    }

    static OllamaSettings at(URI uri, OllamaSettings settings) {
        return new OllamaSettings(uri, settings.model(), settings.timeout(), settings.apiKey());
    }

    /** All that a log shows of an exception. */
    static String stackTrace(Throwable exception) {
        StringWriter trace = new StringWriter();
        exception.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    static long httpThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ollama-http"))
                .count();
    }
}
