package dev.tarn.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * A model server that speaks Ollama's wire protocol, needs no model, and fails on demand.
 *
 * <p>It has an embedding model and a chat model. Texts that share words get near vectors, texts that share none get about
 * orthogonal ones. The chat model replies with the first sentence of the first passage and cites it, or with what {@link
 * #replyWith} says. Faults are set per endpoint, for all calls until {@link #recover()} or for the next few.
 *
 * @see <a href="https://docs.ollama.com/api">Ollama's API</a>
 */
public final class FakeOllama implements AutoCloseable {
    public static final String EMBEDDING_MODEL = "all-minilm";
    public static final String CHAT_MODEL = "llama3.2";
    public static final int DIMENSION = 64;

    private static final int ALL_CALLS = -1;
    private static final int THREADS = 32;

    static {
        // Else the JDK's server sends each body 40 ms after its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final int port = Ports.free();
    private final SSLContext tls;
    private final ObjectMapper json = new ObjectMapper();
    private final Calls calls = new Calls();
    private final Faults faults = new Faults();
    private final Map<String, Fault> poisons = new ConcurrentHashMap<>();
    private final Map<String, String> models = new ConcurrentHashMap<>();
    private final Replies replies;
    private volatile String key;
    private volatile Function<List<Message>, String> chat = new PassageReply();
    private HttpServer server;
    private ExecutorService threads;

    /** The endpoints of the API. */
    public enum Endpoint {
        VERSION,
        TAGS,
        SHOW,
        EMBED,
        CHAT;

        String path() {
            return "/api/" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** A message of a chat. */
    public record Message(String role, String content) {}

    private FakeOllama(int dimension, SSLContext tls) {
        this.tls = tls;
        replies = new Replies(json, dimension);
        pull(EMBEDDING_MODEL);
        pull(CHAT_MODEL);
    }

    /** Starts a server whose vectors have {@value #DIMENSION} dimensions. */
    public static FakeOllama start() {
        return start(DIMENSION);
    }

    public static FakeOllama start(int dimension) {
        return start(dimension, null);
    }

    /** Starts a server that speaks HTTPS. */
    public static FakeOllama start(SSLContext tls) {
        return start(DIMENSION, tls);
    }

    private static FakeOllama start(int dimension, SSLContext tls) {
        FakeOllama ollama = new FakeOllama(dimension, tls);
        ollama.restart();
        return ollama;
    }

    public URI uri() {
        return URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + port);
    }

    public Calls calls() {
        return calls;
    }

    /** Sets what the chat model replies; the messages are those of the request. */
    public void replyWith(Function<List<Message>, String> reply) {
        chat = reply;
    }

    /** Gives the server a model. One with "embed" or "minilm" in its name embeds, any other chats. */
    public void pull(String model) {
        models.put(withTag(model), "sha256:" + "%064x".formatted(withTag(model).hashCode()));
    }

    /** Puts other weights under a model's name. */
    public void replace(String model) {
        models.compute(withTag(model), (name, digest) -> "sha256:" + "%064x".formatted(digest.hashCode()));
    }

    /** Takes a model away. */
    public void remove(String model) {
        models.remove(withTag(model));
    }

    /** Answers 401 to every request without this bearer token. */
    public void requireKey(String bearer) {
        key = bearer;
    }

    /** Fails every call of an endpoint until {@link #recover()}. */
    public void fail(Endpoint endpoint, Fault fault) {
        faults.add(endpoint, fault, ALL_CALLS);
    }

    /** Fails the next calls of an endpoint; after those of faults that were set before. */
    public void failNext(int count, Endpoint endpoint, Fault fault) {
        faults.add(endpoint, fault, count);
    }

    /** Fails each embed call with a text that contains this; stays when others are cleared. */
    public void poison(String fragment, Fault fault) {
        poisons.put(fragment, fault);
    }

    /** Clears all faults but poisons. Calls that are held up go on. */
    public void recover() {
        faults.clear();
    }

    /** Stops serving: running calls break, new ones are refused. */
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Serves again at the same port. */
    public void restart() {
        try {
            server = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "fake-ollama");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        for (Endpoint endpoint : Endpoint.values()) {
            server.createContext(endpoint.path(), exchange -> answer(endpoint, exchange));
        }
        server.start();
    }

    private HttpServer listen(InetSocketAddress address) throws IOException {
        if (tls == null) {
            return HttpServer.create(address, 0);
        }
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        return https;
    }

    @Override
    public void close() {
        stop();
    }

    private void answer(Endpoint endpoint, HttpExchange exchange) throws IOException {
        JsonNode body = json.readTree(exchange.getRequestBody().readAllBytes());
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        calls.begin(endpoint, new Calls.Request(authorization, body));
        try {
            Faults.Mark mark = faults.mark();
            Fault fault = fault(endpoint, authorization, body);
            if (fault instanceof Fault.Delay delay) {
                mark.awaitClear(delay.time());
            }
            reply(endpoint, body, fault).send(exchange, fault, mark);
        } finally {
            calls.end(endpoint);
        }
    }

    private Fault fault(Endpoint endpoint, String authorization, JsonNode body) {
        if (key != null && !("Bearer " + key).equals(authorization)) {
            return Fault.Status.UNAUTHORIZED;
        }
        Fault planned = faults.take(endpoint);
        if (planned != null || endpoint != Endpoint.EMBED) {
            return planned;
        }
        return poisons.entrySet().stream()
                .filter(poison -> Replies.texts(body).stream().anyMatch(text -> text.contains(poison.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private Reply reply(Endpoint endpoint, JsonNode body, Fault fault) {
        if (fault instanceof Fault.Status status) {
            return replies.error(status.code(), "refused: " + body);
        }
        String model = withTag(body.path("model").asText());
        boolean named = endpoint == Endpoint.SHOW || endpoint == Endpoint.EMBED || endpoint == Endpoint.CHAT;
        if (named && !models.containsKey(model)) {
            return replies.error(404, "model '" + body.path("model").asText() + "' not found");
        }
        return switch (endpoint) {
            case VERSION -> replies.version();
            case TAGS -> replies.tags(models);
            case SHOW -> replies.show(embeds(model));
            case EMBED ->
                embeds(model)
                        ? replies.embed(body, fault)
                        : replies.error(500, "this model does not support embeddings");
            case CHAT ->
                embeds(model)
                        ? replies.error(400, "\"" + model + "\" does not support chat")
                        : replies.chat(body, chat);
        };
    }

    private static boolean embeds(String model) {
        return model.contains("embed") || model.contains("minilm");
    }

    private static String withTag(String model) {
        return model.contains(":") ? model : model + ":latest";
    }
}
