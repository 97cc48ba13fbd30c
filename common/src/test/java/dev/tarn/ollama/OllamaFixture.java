package dev.tarn.ollama;

import dev.tarn.testing.FakeOllama;
import dev.tarn.testing.SecretFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;

/** Settings for a server that fails. */
final class OllamaFixture {
    private static final String THREAD = "ollama-http";

    static final Duration PATIENT = Duration.ofSeconds(30);
    /** Long enough to reach the server on a busy machine. */
    static final Duration IMPATIENT = Duration.ofMillis(1_500);

    private OllamaFixture() {}

    static OllamaSettings embedding(FakeOllama ollama) {
        return new OllamaSettings(ollama.uri(), FakeOllama.EMBEDDING_MODEL, PATIENT);
    }

    static OllamaSettings chat(FakeOllama ollama) {
        return new OllamaSettings(ollama.uri(), FakeOllama.CHAT_MODEL, PATIENT);
    }

    static OllamaSettings impatient(OllamaSettings settings) {
        return new OllamaSettings(settings.uri(), settings.model(), IMPATIENT, settings.apiKey(), settings.tls());
    }

    static OllamaSettings withModel(OllamaSettings settings, String model) {
        return new OllamaSettings(settings.uri(), model, settings.timeout(), settings.apiKey(), settings.tls());
    }

    static OllamaSettings withKey(OllamaSettings settings, String key) {
        return new OllamaSettings(
                settings.uri(), settings.model(), settings.timeout(), SecretFile.holding(key), settings.tls());
    }

    /** The same, at an address where nothing listens any more. */
    static OllamaSettings unreachable(OllamaSettings settings) {
        FakeOllama gone = FakeOllama.start();
        gone.close();
        return new OllamaSettings(gone.uri(), settings.model(), settings.timeout(), settings.apiKey(), settings.tls());
    }

    /** All that a log shows of an exception. */
    static String stackTrace(Throwable exception) {
        StringWriter trace = new StringWriter();
        exception.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** Threads that wait for a reply. */
    static long waitingThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith(THREAD))
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("dev.tarn.ollama.Ollama")))
                .count();
    }

    static long httpThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(THREAD))
                .count();
    }
}
