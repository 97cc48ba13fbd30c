package dev.tarn.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What {@link FakeOllama} was asked, failed calls included. */
public final class Calls {
    private final Map<FakeOllama.Endpoint, Integer> counts = new EnumMap<>(FakeOllama.Endpoint.class);
    private final Map<FakeOllama.Endpoint, Integer> running = new EnumMap<>(FakeOllama.Endpoint.class);
    private final Map<FakeOllama.Endpoint, Integer> mostAtOnce = new EnumMap<>(FakeOllama.Endpoint.class);
    private final Map<FakeOllama.Endpoint, Request> last = new EnumMap<>(FakeOllama.Endpoint.class);
    private final List<Integer> textsPerEmbedCall = new ArrayList<>();

    /**
     * A request.
     *
     * @param authorization the header's value, or null
     * @param body the body, empty for GET
     */
    public record Request(String authorization, JsonNode body) {}

    public synchronized int count(FakeOllama.Endpoint endpoint) {
        return counts.getOrDefault(endpoint, 0);
    }

    /** How many requests of an endpoint are being answered now. */
    public synchronized int running(FakeOllama.Endpoint endpoint) {
        return running.getOrDefault(endpoint, 0);
    }

    /** The most requests of an endpoint that were being answered at one time. */
    public synchronized int mostAtOnce(FakeOllama.Endpoint endpoint) {
        return mostAtOnce.getOrDefault(endpoint, 0);
    }

    /** How many texts each embed call brought, in order. */
    public synchronized List<Integer> textsPerEmbedCall() {
        return List.copyOf(textsPerEmbedCall);
    }

    public synchronized int embeddedTexts() {
        return textsPerEmbedCall.stream().mapToInt(Integer::intValue).sum();
    }

    /** The last request of an endpoint, or null where there was none. */
    public synchronized Request last(FakeOllama.Endpoint endpoint) {
        return last.get(endpoint);
    }

    /** Forgets what was counted; calls that are running stay counted as running. */
    public synchronized void reset() {
        counts.clear();
        mostAtOnce.clear();
        last.clear();
        textsPerEmbedCall.clear();
    }

    synchronized void begin(FakeOllama.Endpoint endpoint, Request request) {
        counts.merge(endpoint, 1, Integer::sum);
        mostAtOnce.merge(endpoint, running.merge(endpoint, 1, Integer::sum), Math::max);
        last.put(endpoint, request);
        if (endpoint == FakeOllama.Endpoint.EMBED) {
            JsonNode input = request.body().path("input");
            textsPerEmbedCall.add(input.isArray() ? input.size() : 1);
        }
    }

    synchronized void end(FakeOllama.Endpoint endpoint) {
        running.merge(endpoint, -1, Integer::sum);
    }
}
