package dev.tarn.ollama;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Whole replies by the JDK's client. LangChain4j's own waits in {@code HttpClient.send}, and where that is interrupted while a
 * reply arrives, the JDK 17 takes the call for one that goes on for ever: it keeps the client's thread, and with it the classes
 * of the job.
 */
final class InterruptibleHttp implements HttpClient {
    private static final int SUCCESSFUL = 2;

    private final java.net.http.HttpClient client;
    private final Duration readTimeout;

    private InterruptibleHttp(Builder builder) {
        client = builder.client.connectTimeout(builder.connectTimeout).build();
        readTimeout = builder.readTimeout;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> reply = client.sendAsync(forJdk(request), BodyHandlers.ofByteArray());
        HttpResponse<byte[]> response;
        try {
            response = reply.get();
        } catch (InterruptedException e) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HttpTimeoutException
                    ? new TimeoutException(e.getCause())
                    : new IllegalStateException(e.getCause());
        }
        if (response.statusCode() / 100 != SUCCESSFUL) {
            throw new HttpException(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(response.body())
                .build();
    }

    private java.net.http.HttpRequest forJdk(HttpRequest request) {
        BodyPublisher body = request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
        var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .timeout(readTimeout)
                .method(request.method().name(), body);
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("replies are read whole");
    }

    /** Of clients like this one. */
    static final class Builder implements HttpClientBuilder {
        private final java.net.http.HttpClient.Builder client;
        private Duration connectTimeout;
        private Duration readTimeout;

        /** @param client with all but its timeouts */
        Builder(java.net.http.HttpClient.Builder client) {
            this.client = client;
        }

        @Override
        public Duration connectTimeout() {
            return connectTimeout;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        @Override
        public Duration readTimeout() {
            return readTimeout;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            readTimeout = timeout;
            return this;
        }

        @Override
        public HttpClient build() {
            return new InterruptibleHttp(this);
        }
    }
}
