package dev.tarn.ollama;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.Json;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP client of one model, with threads that end when it is closed. */
final class OllamaConnection implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final String DEFAULT_TAG = ":latest";

    private final OllamaSettings settings;
    private final ExecutorService threads;
    private final HttpClientBuilder http;

    OllamaConnection(OllamaSettings settings) {
        this.settings = settings;
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "ollama-http");
            thread.setDaemon(true);
            return thread;
        });
        http = JdkHttpClient.builder()
                .httpClientBuilder(HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .executor(threads))
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(settings.timeout());
    }

    HttpClientBuilder http() {
        return http;
    }

    Map<String, String> headers() {
        return settings.apiKey() == null ? Map.of() : Map.of("Authorization", "Bearer " + settings.apiKey());
    }

    /**
     * The digest of the model's weights.
     *
     * @throws Misconfiguration when the server does not have the model
     */
    String requireModel() {
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.GET)
                .url(settings.uri().toString(), "api/tags")
                .addHeaders(headers())
                .build();
        String body = OllamaFailures.classified(
                settings, () -> http.build().execute(request).body());
        return read(body).models().stream()
                .filter(model -> withTag(model.name()).equals(withTag(settings.model())))
                .findFirst()
                .orElseThrow(() -> OllamaFailures.notPulled(settings, null))
                .digest();
    }

    private Models read(String body) {
        try {
            Models models = Json.read(body.getBytes(StandardCharsets.UTF_8), Models.class);
            if (models.models() != null) {
                return models;
            }
        } catch (PermanentFailure e) {
            throw OllamaFailures.notOllama(settings, e);
        }
        throw OllamaFailures.notOllama(settings, null);
    }

    /** The reply of {@code GET /api/tags}. */
    record Models(List<Model> models) {
        record Model(String name, String digest) {}
    }

    private static String withTag(String model) {
        return model.contains(":") ? model : model + DEFAULT_TAG;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
