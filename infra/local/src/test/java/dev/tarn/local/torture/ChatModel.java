package dev.tarn.local.torture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ollama's API as the query job needs it: a chat model that takes its time, or hangs until it is told to go on. Everything
 * else a {@link ModelServer} answers.
 */
final class ChatModel implements AutoCloseable {
    private static final Duration TIME = Duration.ofMillis(100);
    private static final String ANSWER = "It is as the first passage says [1].";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI others;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool(ChatModel::thread);
    private final AtomicInteger taken = new AtomicInteger();
    private final HttpServer server;
    private volatile CountDownLatch goesOn = new CountDownLatch(0);

    /** @param others of the server that answers everything else */
    ChatModel(URI others) {
        this.others = others;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::forward);
        server.createContext("/api/chat", this::chat);
        server.start();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "chat-model");
        thread.setDaemon(true);
        return thread;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on takes requests, and answers none. */
    void hang() {
        goOn();
        taken.set(0);
        goesOn = new CountDownLatch(1);
    }

    /** Answers again. */
    void goOn() {
        goesOn.countDown();
    }

    /** Requests that were taken since it hangs. */
    int taken() {
        return taken.get();
    }

    private void chat(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            taken.incrementAndGet();
            goesOn.await();
            Wait.pause(TIME);
            ObjectNode reply = JSON.createObjectNode().put("model", ModelServer.MODEL);
            reply.putObject("message").put("role", "assistant").put("content", ANSWER);
            reply.put("done", true);
            send(exchange, 200, JSON.writeValueAsBytes(reply));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest request = HttpRequest.newBuilder(others.resolve(exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
                    .build();
            HttpResponse<byte[]> reply = client.send(request, BodyHandlers.ofByteArray());
            send(exchange, reply.statusCode(), reply.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
