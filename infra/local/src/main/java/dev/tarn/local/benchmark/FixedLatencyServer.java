package dev.tarn.local.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A server with Ollama's API whose models compute nothing: each call is answered after a fixed time, however many there are
 * at once and however long they are. So what a pipeline takes beyond that time is its own.
 *
 * @see <a href="https://docs.ollama.com/api">Ollama's API</a>
 */
final class FixedLatencyServer implements AutoCloseable {
    static final String MODEL = "fixed-latency";

    private static final String TAGGED = MODEL + ":latest";
    private static final String DIGEST = "%064x".formatted(2);
    private static final String ANSWER = "That is what it says. [1]";
    private static final int THREADS = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final TopicVectors vectors;
    private final Duration latency;
    private final ExecutorService readers = Executors.newFixedThreadPool(THREADS, FixedLatencyServer::daemon);
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, FixedLatencyServer::daemon);

    /**
     * Starts to listen on the loopback interface.
     *
     * @param latency from a request to its reply
     */
    FixedLatencyServer(Duration latency, TopicVectors vectors) {
        this.latency = latency;
        this.vectors = vectors;
        // Else the JDK's server sends each body 40 ms after its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(readers);
        server.createContext("/", this::serve);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        long arrived = System.nanoTime();
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestURI().getPath()) {
            case "/api/version" -> send(exchange, 200, JSON.writeValueAsBytes(Map.of("version", "0.0.0")));
            case "/api/tags" -> send(exchange, 200, JSON.writeValueAsBytes(Map.of("models", List.of(tag()))));
            case "/api/show" -> send(exchange, 200, JSON.writeValueAsBytes(Map.of("model_info", Map.of())));
            case "/api/embed" -> later(exchange, arrived, embeddings(JSON.readTree(body)));
            case "/api/chat" -> later(exchange, arrived, JSON.writeValueAsBytes(answer()));
            default -> send(exchange, 404, "404 page not found".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static Map<String, Object> tag() {
        return Map.of("name", TAGGED, "model", TAGGED, "digest", DIGEST);
    }

    private static Map<String, Object> answer() {
        return Map.of(
                "model",
                MODEL,
                "created_at",
                "2024-01-01T00:00:00Z",
                "message",
                Map.of("role", "assistant", "content", ANSWER),
                "done",
                true,
                "prompt_eval_count",
                1,
                "eval_count",
                1);
    }

    private byte[] embeddings(JsonNode request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("{\"model\":\"" + MODEL + "\",\"embeddings\":[").getBytes(StandardCharsets.US_ASCII));
        JsonNode input = request.path("input");
        if (input.isTextual()) {
            vectors.write(input.textValue(), out);
        }
        for (int i = 0; i < input.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            vectors.write(input.get(i).asText(), out);
        }
        out.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** No thread waits: as many calls are under way as there are. */
    @SuppressWarnings("FutureReturnValueIgnored") // the client sees what becomes of it
    private void later(HttpExchange exchange, long arrivedNanos, byte[] body) {
        long rest = latency.toNanos() - (System.nanoTime() - arrivedNanos);
        clock.schedule(() -> readers.execute(() -> sendOrLeave(exchange, body)), rest, TimeUnit.NANOSECONDS);
    }

    private static void sendOrLeave(HttpExchange exchange, byte[] body) {
        try {
            send(exchange, 200, body);
        } catch (IOException clientLeft) {
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "fixed-latency-server");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.stop(0);
        clock.shutdownNow();
        readers.shutdownNow();
    }
}
