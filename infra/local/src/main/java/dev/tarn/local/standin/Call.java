package dev.tarn.local.standin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One request and its reply, in the forms that Ollama uses: JSON, lines of JSON, or plain text. */
final class Call {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private static final int OK = 200;

    private final HttpExchange exchange;
    private final long startedNanos = System.nanoTime();

    Call(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * The body, whatever its content type is called.
     *
     * @throws Refusal if it is not JSON of this type
     */
    <T> T body(Class<T> type) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        if (bytes.length == 0) {
            throw Refusal.badRequest("missing request body");
        }
        try {
            T body = JSON.readValue(bytes, type);
            if (body != null) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest(e.getOriginalMessage());
        }
        throw Refusal.badRequest("missing request body");
    }

    long elapsedNanos() {
        return System.nanoTime() - startedNanos;
    }

    void json(Object value) throws IOException {
        send(OK, "application/json; charset=utf-8", JSON.writeValueAsBytes(value));
    }

    void error(int status, String message) throws IOException {
        send(status, "application/json; charset=utf-8", JSON.writeValueAsBytes(Map.of("error", message)));
    }

    void text(int status, String text) throws IOException {
        send(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** One line for each value, each sent at once. */
    void lines(List<?> values) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(OK, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (Object value : values) {
                out.write(JSON.writeValueAsBytes(value));
                out.write('\n');
                out.flush();
            }
        }
    }

    private void send(int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
