package dev.tarn.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.testing.FakeOllama.Message;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The bodies of {@link FakeOllama}. */
final class Replies {
    private static final Pattern WORD = Pattern.compile("\\S+\\s*");
    private static final String CREATED_AT = "2026-01-01T00:00:00Z";

    private final ObjectMapper json;
    private final BagOfWords words;
    private final int dimension;

    Replies(ObjectMapper json, int dimension) {
        this.json = json;
        this.dimension = dimension;
        words = new BagOfWords(dimension);
    }

    Reply version() {
        return ok(Map.of("version", "0.0.0-fake"));
    }

    Reply tags(Map<String, String> digests) {
        return ok(Map.of(
                "models",
                digests.entrySet().stream()
                        .map(model -> Map.of(
                                "name", model.getKey(),
                                "model", model.getKey(),
                                "modified_at", CREATED_AT,
                                "size", 1,
                                "digest", model.getValue()))
                        .toList()));
    }

    Reply show(boolean embeds) {
        return ok(Map.of(
                "details", Map.of("format", "gguf", "family", embeds ? "bert" : "llama"),
                "model_info",
                        embeds
                                ? Map.of(
                                        "general.architecture",
                                        "bert",
                                        "bert.embedding_length",
                                        dimension,
                                        "bert.context_length",
                                        256)
                                : Map.of("general.architecture", "llama", "llama.context_length", 131_072),
                "capabilities", List.of(embeds ? "embedding" : "completion")));
    }

    Reply embed(JsonNode request, Fault fault) {
        if (fault == Fault.Vectors.NOT_A_NUMBER) {
            return error(500, "failed to encode response: json: unsupported value: NaN");
        }
        List<String> texts = texts(request);
        List<double[]> vectors = new ArrayList<>();
        for (String text : texts) {
            vectors.add(words.embed(text));
        }
        if (fault instanceof Fault.Vectors spoiled) {
            double[] last = vectors.remove(vectors.size() - 1);
            switch (spoiled) {
                case ZERO -> vectors.add(new double[dimension]);
                case INFINITE -> {
                    last[0] = 1e39;
                    vectors.add(last);
                }
                case OTHER_DIMENSION -> vectors.add(new BagOfWords(dimension + 1).embed("other"));
                case ONE_SHORT, NOT_A_NUMBER -> {}
            }
        }
        return ok(Map.of(
                "model",
                request.path("model"),
                "embeddings",
                vectors,
                "total_duration",
                1,
                "load_duration",
                1,
                "prompt_eval_count",
                texts.stream().mapToInt(Replies::tokens).sum()));
    }

    Reply chat(JsonNode request, Function<List<Message>, String> chat) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            messages.add(new Message(
                    message.path("role").asText(), message.path("content").asText()));
        }
        int read =
                messages.stream().mapToInt(message -> tokens(message.content())).sum();
        String whole = chat.apply(List.copyOf(messages));
        int most = request.at("/options/num_predict").asInt(Integer.MAX_VALUE);
        String text = tokens(whole) <= most
                ? whole
                : WORD.matcher(whole)
                        .results()
                        .limit(most)
                        .map(MatchResult::group)
                        .collect(Collectors.joining());
        String reason = tokens(whole) <= most ? "stop" : "length";
        if (!request.path("stream").asBoolean(true)) {
            return ok(done(request, text, read, tokens(text), reason));
        }
        StringBuilder lines = new StringBuilder();
        WORD.matcher(text)
                .results()
                .forEach(word ->
                        lines.append(write(part(request, word.group(), false))).append('\n'));
        lines.append(write(done(request, "", read, tokens(text), reason))).append('\n');
        return new Reply(200, "application/x-ndjson", true, lines.toString().getBytes(UTF_8));
    }

    Reply error(int status, String message) {
        return new Reply(status, "application/json", false, bytes(Map.of("error", message)));
    }

    static List<String> texts(JsonNode embedRequest) {
        JsonNode input = embedRequest.path("input");
        if (!input.isArray()) {
            return List.of(input.asText());
        }
        List<String> texts = new ArrayList<>();
        input.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static int tokens(String text) {
        return (int) WORD.matcher(text).results().count();
    }

    private static Map<String, Object> part(JsonNode request, String text, boolean done) {
        return Map.of(
                "model",
                request.path("model"),
                "created_at",
                CREATED_AT,
                "message",
                Map.of("role", "assistant", "content", text),
                "done",
                done);
    }

    private static Map<String, Object> done(JsonNode request, String text, int read, int written, String reason) {
        Map<String, Object> last = new HashMap<>(part(request, text, true));
        last.putAll(Map.of("done_reason", reason, "prompt_eval_count", read, "eval_count", written));
        return last;
    }

    private Reply ok(Object body) {
        return new Reply(200, "application/json; charset=utf-8", false, bytes(body));
    }

    private byte[] bytes(Object value) {
        return write(value).getBytes(UTF_8);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
