package dev.tarn.local.standin;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server that stands in for Ollama on a machine without it: Ollama's API over two models in this process.
 *
 * <p>{@code all-minilm} embeds; {@code extractive} answers Tarn's prompts with sentences of their passages. The server
 * can be reached from this machine only.
 */
public final class StandIn implements AutoCloseable {
    /**
     * The JDK's server sends the headers and the body of a reply apart. Unless this is set before the first server of the
     * process is made, the body of every reply on a kept connection waits 40 ms for the headers to be acknowledged.
     */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private static final int REQUESTS_AT_ONCE = 16;
    private static final int CLOSE_SECONDS = 5;

    private final HttpServer server;
    private final ExecutorService requests;
    private final Embeddings embeddings;

    private StandIn(HttpServer server, ExecutorService requests, Embeddings embeddings) {
        this.server = server;
        this.requests = requests;
        this.embeddings = embeddings;
    }

    /**
     * Starts to listen, at once; the models load meanwhile, for a second or two, and calls that need them wait.
     *
     * @param port 0 for any that is free
     * @throws UncheckedIOException if the port is taken
     */
    public static StandIn start(int port) {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        HttpServer server;
        try {
            InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            server = HttpServer.create(new InetSocketAddress(here, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port + ": " + e.getMessage(), e);
        }
        ExecutorService requests = Executors.newFixedThreadPool(REQUESTS_AT_ONCE, Threads.named("standin-http"));
        Embeddings embeddings = new Embeddings();
        server.setExecutor(requests);
        server.createContext("/", new Api(embeddings));
        server.start();
        return new StandIn(server, requests, embeddings);
    }

    /** Where it listens, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Breaks off what is running and ends all threads. */
    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
        try {
            requests.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        embeddings.close();
    }
}
