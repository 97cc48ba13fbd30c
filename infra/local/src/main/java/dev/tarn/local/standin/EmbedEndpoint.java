package dev.tarn.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code /api/embed}. */
final class EmbedEndpoint {
    private final Embeddings embeddings;

    EmbedEndpoint(Embeddings embeddings) {
        this.embeddings = embeddings;
    }

    record Request(String model, JsonNode input, Boolean truncate) {
        boolean truncates() {
            return truncate == null || truncate;
        }
    }

    /** Durations in nanoseconds. */
    record Reply(
            String model, List<float[]> embeddings, Long totalDuration, Long loadDuration, Integer promptEvalCount) {}

    void serve(Call call) throws IOException {
        Request request = call.body(Request.class);
        List<String> texts = texts(request.input());
        if (!Catalog.find(request.model()).embeds()) {
            throw Refusal.badRequest("this model does not support embeddings");
        }
        MiniLm model = embeddings.model();
        long loaded = call.elapsedNanos();
        if (texts.isEmpty()) {
            call.json(new Reply(request.model(), List.of(), null, null, null));
            return;
        }
        List<long[]> tokens = new ArrayList<>(texts.size());
        int count = 0;
        for (String text : texts) {
            long[] kept = fit(model.tokens(text), request.truncates());
            count += kept.length;
            tokens.add(kept);
        }
        List<float[]> vectors = embeddings.embed(tokens);
        call.json(new Reply(request.model(), vectors, call.elapsedNanos(), loaded, count));
    }

    private static long[] fit(long[] tokens, boolean truncates) {
        if (tokens.length > MiniLm.CONTEXT_TOKENS && !truncates) {
            throw Refusal.badRequest("the input length exceeds the context length");
        }
        return MiniLm.truncate(tokens);
    }

    /** An empty string on its own asks for nothing; in a list it is a text like any other. */
    private static List<String> texts(JsonNode input) {
        if (input == null
                || input.isNull()
                || input.isTextual() && input.textValue().isEmpty()) {
            return List.of();
        }
        if (input.isTextual()) {
            return List.of(input.textValue());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : input) {
            texts.add(text.textValue());
        }
        if (!input.isArray() || texts.contains(null)) {
            throw Refusal.badRequest("invalid input type");
        }
        return texts;
    }
}
