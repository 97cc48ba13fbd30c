package dev.tarn.ollama;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.Redacted;
import dev.tarn.json.Json;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * The HTTP client of one model, with threads that end when it is closed.
 *
 * <p>Every call has a deadline of its own, for the timeout of the JDK's client ends with the headers of the reply: a body
 * that stalls would hold a thread for ever. There are no more calls than callers, for each waits for its own: who calls
 * bounds the threads.
 */
final class OllamaConnection implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private final OllamaSettings settings;
    private final Map<String, String> headers;
    private final SSLContext tls;
    private final ExecutorService threads;

    /**
     * Reads the bearer token and the certificates; nothing is sent yet.
     *
     * @throws Misconfiguration when they can't be used
     */
    OllamaConnection(OllamaSettings settings) {
        this.settings = settings;
        String key = settings.readApiKey();
        headers = key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
        tls = "https".equals(settings.uri().getScheme()) ? settings.tls().context() : null;
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "ollama-http");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** For models; one that sets a timeout of its own overrides both of these. */
    HttpClientBuilder http() {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(this::execute);
        if (tls != null) {
            client.sslContext(tls);
        }
        return new InterruptibleHttp.Builder(client)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(settings.timeout());
    }

    /**
     * Does what the JDK's client has to do, when this is closed as well: JDK 17's would wait for ever for a task that was
     * refused.
     */
    private void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    Map<String, String> headers() {
        return headers;
    }

    /** Runs a call, breaks it off at the deadline, and throws what its failure means. */
    <T> T call(Callable<T> call) {
        Future<T> reply;
        try {
            reply = threads.submit(call);
        } catch (RejectedExecutionException e) {
            throw OllamaFailures.classify(settings, e);
        }
        try {
            return reply.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PermanentFailure || e.getCause() instanceof Misconfiguration) {
                throw (RuntimeException) e.getCause();
            }
            throw OllamaFailures.classify(settings, e.getCause());
        } catch (TimeoutException e) {
            throw OllamaFailures.classify(settings, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OllamaFailures.classify(settings, e);
        } finally {
            reply.cancel(true);
        }
    }

    /**
     * Looks the model up.
     *
     * @throws Misconfiguration when the server does not have it
     */
    Model requireModel() {
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.GET)
                .url(settings.uri().toString(), "api/tags")
                .addHeaders(headers())
                .build();
        Models models = call(() -> {
            try {
                return read(http().build().execute(request).body());
            } catch (HttpException e) {
                throw e.statusCode() == NOT_FOUND ? OllamaFailures.notOllama(settings, Redacted.of(e)) : e;
            }
        });
        String wanted = settings.taggedModel();
        return models.models().stream()
                .filter(model -> model != null && wanted.equals(model.name()))
                .findFirst()
                .orElseThrow(() -> OllamaFailures.notPulled(settings, null));
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
    record Models(List<Model> models) {}

    /** A model that the server has; the name with its tag. */
    record Model(String name, String digest) {}

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
