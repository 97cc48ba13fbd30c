package dev.tarn.local.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with as much of Ollama's API as embedding needs, over {@link HashedWords}, that misbehaves on command.
 *
 * @see <a href="https://docs.ollama.com/api">Ollama's API</a>
 */
public final class ModelServer implements AutoCloseable {
    public static final String MODEL = "hashed-words";
    static final String TAGGED = MODEL + ":latest";
    static final String DIGEST = "%064x".formatted(1);
    static final int DIMENSION = 64;

    /** Longer than the jobs of the {@link Testbed} wait for an answer. */
    static final Duration TOO_LONG = Duration.ofSeconds(3);

    private static final int THREADS = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicInteger failed = new AtomicInteger();
    private final int port;
    private HttpServer server;
    private ExecutorService threads;
    private volatile ModelFault fault;
    private volatile CountDownLatch over = new CountDownLatch(0);

    /** Starts a server that answers well. */
    public ModelServer() {
        // Else the JDK's server sends each body 40 ms after its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        listen(0);
        port = server.getAddress().getPort();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** From now on misbehaves so. */
    public synchronized void begin(ModelFault now) {
        end();
        failed.set(0);
        over = new CountDownLatch(1);
        fault = now;
        if (now == ModelFault.REFUSING) {
            stop();
        }
    }

    /** From now on answers well. */
    public synchronized void end() {
        if (fault == ModelFault.REFUSING) {
            listen(port);
        }
        fault = null;
        over.countDown();
    }

    /** Calls that did not get what they asked for since the fault began; those that are refused nobody can count. */
    public int failed() {
        return failed.get();
    }

    private void listen(int at) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "model-server");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    private void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            ModelFault now = fault;
            switch (exchange.getRequestURI().getPath()) {
                case "/api/version" ->
                    send(exchange, 200, JSON.createObjectNode().put("version", "0.0.0"));
                case "/api/tags" -> send(exchange, 200, tags(now));
                case "/api/embed" -> embed(exchange, body, now);
                default -> send(exchange, 404, error("404 page not found"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void embed(HttpExchange exchange, JsonNode request, ModelFault now)
            throws IOException, InterruptedException {
        if (now == null) {
            send(exchange, 200, vectors(request, 0, DIMENSION));
            return;
        }
        failed.incrementAndGet();
        switch (now) {
            case ERROR -> send(exchange, 500, error("out of memory"));
            case BUSY -> send(exchange, 503, error("server busy, please try again. maximum pending requests exceeded"));
            case NOT_A_NUMBER -> send(exchange, 500, error("failed to encode response: json: unsupported value: NaN"));
            case NOT_PULLED -> send(exchange, 404, error("model \"" + MODEL + "\" not found, try pulling it first"));
            case SLOW -> {
                Thread.sleep(TOO_LONG.toMillis());
                send(exchange, 200, vectors(request, 0, DIMENSION));
            }
            case HANGING -> {
                over.await();
                send(exchange, 200, vectors(request, 0, DIMENSION));
            }
            case SHORT_OF_VECTORS -> send(exchange, 200, vectors(request, 1, DIMENSION));
            case WRONG_DIMENSION -> send(exchange, 200, vectors(request, 0, DIMENSION + 1));
            case CUT_OFF -> cutOff(exchange, vectors(request, 0, DIMENSION));
            case REFUSING -> {} // the connection ends without a reply
        }
    }

    private static ObjectNode vectors(JsonNode request, int missing, int dimension) {
        JsonNode input = request.path("input");
        ArrayNode texts =
                input.isArray() ? (ArrayNode) input : JSON.createArrayNode().add(input);
        ObjectNode reply = JSON.createObjectNode().put("model", MODEL);
        ArrayNode vectors = reply.putArray("embeddings");
        for (int i = 0; i < texts.size() - missing; i++) {
            ArrayNode vector = vectors.addArray();
            for (float component : HashedWords.embed(texts.get(i).asText(), dimension)) {
                vector.add(component);
            }
        }
        return reply;
    }

    private static ObjectNode tags(ModelFault now) {
        ObjectNode reply = JSON.createObjectNode();
        ArrayNode models = reply.putArray("models");
        if (now != ModelFault.NOT_PULLED) {
            models.addObject().put("name", TAGGED).put("model", TAGGED).put("digest", DIGEST);
        }
        return reply;
    }

    private static ObjectNode error(String message) {
        return JSON.createObjectNode().put("error", message);
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Promises the whole body and sends half of it; closing the exchange then closes the connection. */
    private static void cutOff(HttpExchange exchange, ObjectNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
    }

    @Override
    public synchronized void close() {
        if (fault != ModelFault.REFUSING) {
            stop();
        }
    }
}
