package dev.tarn.local.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which path is served by what, and how each failure is told. */
final class Api implements HttpHandler {
    /** What answers {@code /api/version}; it has no release of Ollama's. */
    static final String VERSION = "0.0.0-standin";

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private final Map<String, Endpoint> reads;
    private final Map<String, Endpoint> writes;

    Api(Embeddings embeddings) {
        EmbedEndpoint embed = new EmbedEndpoint(embeddings);
        CompletionEndpoint completion = new CompletionEndpoint(embeddings);
        reads = Map.of(
                "/", call -> call.text(200, "Ollama is running"),
                "/api/version", call -> call.json(Map.of("version", VERSION)),
                "/api/tags", ModelEndpoints::tags);
        writes = Map.of(
                "/api/show", ModelEndpoints::show,
                "/api/pull", ModelEndpoints::pull,
                "/api/embed", embed::serve,
                "/api/chat", completion::chat,
                "/api/generate", completion::generate);
    }

    interface Endpoint {
        void serve(Call call) throws IOException;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = new Call(exchange);
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            Map<String, Endpoint> endpoints = switch (method) {
                case "GET", "HEAD" -> reads;
                case "POST" -> writes;
                default -> Map.of();
            };
            Endpoint endpoint = endpoints.get(path);
            if (endpoint != null) {
                serve(endpoint, call, path);
            } else if (reads.containsKey(path) || writes.containsKey(path)) {
                call.text(405, "405 method not allowed");
            } else {
                call.text(404, "404 page not found");
            }
        }
    }

    private static void serve(Endpoint endpoint, Call call, String path) throws IOException {
        try {
            endpoint.serve(call);
        } catch (Refusal e) {
            call.error(e.status(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("{} failed", path, e);
            call.error(500, String.valueOf(e.getMessage()));
        }
    }
}
