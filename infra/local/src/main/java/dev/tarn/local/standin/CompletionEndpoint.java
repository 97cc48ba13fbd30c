package dev.tarn.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.local.standin.Completion.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /api/chat} and {@code /api/generate}: the same answer, in a message or as a response. */
final class CompletionEndpoint {
    /** What a streamed answer is cut into: words, each with the space before it. */
    private static final Pattern PIECE = Pattern.compile("\\s*\\S+");

    private final Embeddings embeddings;
    private final Extractor extractor;

    CompletionEndpoint(Embeddings embeddings) {
        this.embeddings = embeddings;
        extractor = new Extractor(embeddings);
    }

    record ChatRequest(
            String model,
            List<Message> messages,
            List<JsonNode> tools,
            JsonNode think,
            JsonNode keepAlive,
            Boolean stream,
            Options options) {

        ChatRequest {
            tools = tools == null ? List.of() : tools;
            messages = messages == null
                    ? List.of()
                    : messages.stream().filter(Objects::nonNull).toList();
        }
    }

    record GenerateRequest(
            String model,
            String prompt,
            String system,
            JsonNode think,
            JsonNode keepAlive,
            Boolean stream,
            Options options) {}

    /**
     * Those of a model's parameters that the stand-in knows.
     *
     * @param numPredict the most tokens of the answer; null, or less than 0, for no such limit
     */
    record Options(Integer numPredict) {

        static int most(Options options) {
            return options == null || options.numPredict == null || options.numPredict < 0
                    ? Integer.MAX_VALUE
                    : options.numPredict;
        }
    }

    void chat(Call call) throws IOException {
        ChatRequest request = call.body(ChatRequest.class);
        require(request.model(), "chat", request.think());
        if (!request.tools().isEmpty()) {
            throw Refusal.badRequest(request.model() + " does not support tools");
        }
        if (request.messages().isEmpty()) {
            call.json(Completion.empty(request.model(), unloads(request.keepAlive()))
                    .inMessage());
            return;
        }
        List<String> texts = new ArrayList<>();
        String asked = "";
        for (Message message : request.messages()) {
            texts.add(message.text());
            asked = message.role().equals("user") ? message.text() : asked;
        }
        int most = Options.most(request.options());
        complete(call, request.model(), texts, asked, most, request.stream(), Completion::inMessage);
    }

    void generate(Call call) throws IOException {
        GenerateRequest request = call.body(GenerateRequest.class);
        require(request.model(), "generate", request.think());
        if (request.prompt() == null || request.prompt().isEmpty()) {
            call.json(Completion.empty(request.model(), unloads(request.keepAlive()))
                    .inResponse());
            return;
        }
        List<String> texts =
                request.system() == null ? List.of(request.prompt()) : List.of(request.system(), request.prompt());
        int most = Options.most(request.options());
        complete(call, request.model(), texts, request.prompt(), most, request.stream(), Completion::inResponse);
    }

    private void complete(
            Call call,
            String model,
            List<String> texts,
            String asked,
            int most,
            Boolean stream,
            UnaryOperator<Completion> form)
            throws IOException {
        MiniLm tokenizer = embeddings.model();
        long loaded = call.elapsedNanos();
        String whole = extractor.answer(asked);
        String answer = cut(whole, most, tokenizer);
        int promptTokens = texts.stream().mapToInt(tokenizer::count).sum();
        long read = call.elapsedNanos();
        List<Completion> lines = new ArrayList<>();
        PIECE.matcher(answer)
                .results()
                .map(MatchResult::group)
                .forEach(piece -> lines.add(form.apply(Completion.piece(model, piece))));
        Completion last = Completion.done(model, answer, answer.equals(whole), promptTokens, tokenizer.count(answer))
                .withNanos(call.elapsedNanos(), loaded, read - loaded);
        if (stream == null || stream) {
            lines.add(form.apply(last.withoutText()));
            call.lines(lines);
        } else {
            call.json(form.apply(last));
        }
    }

    /** The words for which there is room. */
    private static String cut(String whole, int mostTokens, MiniLm tokenizer) {
        StringBuilder cut = new StringBuilder();
        int room = mostTokens;
        for (Matcher piece = PIECE.matcher(whole); piece.find(); cut.append(piece.group())) {
            room -= tokenizer.count(piece.group());
            if (room < 0) {
                return cut.toString();
            }
        }
        return whole;
    }

    private static void require(String model, String use, JsonNode think) {
        if (Catalog.find(model).embeds()) {
            throw Refusal.badRequest("\"" + model + "\" does not support " + use);
        }
        if (think != null && !think.isNull() && !think.asText().equals("false")) {
            throw Refusal.badRequest("\"" + model + "\" does not support thinking");
        }
    }

    /** Without a question, a call only loads the model, or unloads it if it is to be kept alive for no time. */
    private static boolean unloads(JsonNode keepAlive) {
        return keepAlive != null && keepAlive.asText().matches("0[a-z]*");
    }
}
