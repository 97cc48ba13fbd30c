package dev.tarn.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OllamaConnectionTest {
    private static final int CONNECTIONS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Else a job that has ended would keep its classes: the client's thread refers to them. */
    @Test
    void noClientOutlivesAConnectionThatIsClosedWhileAReplyArrives() throws Exception {
        long before = clients();
        try (TricklingServer server = new TricklingServer()) {
            OllamaSettings settings = new OllamaSettings(server.uri(), "all-minilm", PATIENCE);
            for (int i = 0; i < CONNECTIONS; i++) {
                int replies = i;
                OllamaConnection connection = new OllamaConnection(settings);
                CompletableFuture<Throwable> call =
                        CompletableFuture.supplyAsync(() -> catchThrowable(connection::requireModel));
                await().pollInterval(Duration.ofMillis(1)).until(() -> server.replies() > replies);

                connection.close();

                assertThat(call).succeedsWithin(PATIENCE).isNotNull();
            }
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            System.gc();
            assertThat(clients()).isLessThanOrEqualTo(before);
        });
    }

    private static long clients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
                .count();
    }

    /** Begins replies, and sends a byte of each now and then. */
    private static final class TricklingServer implements AutoCloseable {
        private final HttpServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final AtomicInteger replies = new AtomicInteger();

        TricklingServer() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream body = exchange.getResponseBody()) {
                    for (int i = 0; i < 1_000_000; i++) {
                        body.write(' ');
                        body.flush();
                        if (i == 10) {
                            replies.incrementAndGet();
                        }
                    }
                } // a client that is gone ends it
            });
            server.start();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        int replies() {
            return replies.get();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
