package dev.tarn.ollama;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.tarn.document.TokenEstimate;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.model.Generation;
import dev.tarn.model.Generator;
import dev.tarn.question.Prompt;

/** Generates through {@code POST /api/chat}, deterministically: temperature 0 and a fixed seed. */
public final class OllamaGenerator implements Generator {
    private static final int SEED = 42;

    private final OllamaSettings settings;
    private final int contextTokens;
    private final OllamaConnection connection;
    private final OllamaChatModel model;

    /**
     * @param contextTokens how many tokens the model reads at most, prompt and answer together; Ollama's own default cuts
     *     longer prompts without a word
     */
    public OllamaGenerator(OllamaSettings settings, int contextTokens) {
        this.settings = settings;
        this.contextTokens = contextTokens;
        connection = new OllamaConnection(settings);
        model = OllamaChatModel.builder()
                .httpClientBuilder(connection.http())
                .baseUrl(settings.uri().toString())
                .modelName(settings.model())
                .maxRetries(0)
                .customHeaders(connection.headers())
                .temperature(0.0)
                .seed(SEED)
                .numCtx(contextTokens)
                .build();
    }

    @Override
    public String model() {
        return settings.model();
    }

    @Override
    public void check() {
        connection.requireModel();
    }

    @Override
    public Generation generate(Prompt prompt) {
        ChatRequest request = ChatRequest.builder()
                .messages(SystemMessage.from(prompt.system()), UserMessage.from(prompt.user()))
                .maxOutputTokens(room(prompt))
                .build();
        ChatResponse response = connection.call(() -> model.chat(request));
        String text = response.aiMessage().text();
        if (text == null || text.isBlank()) {
            throw new PermanentFailure("the model " + settings.model() + " answered nothing");
        }
        TokenUsage tokens = response.tokenUsage();
        return new Generation(
                text.strip(),
                tokens == null ? null : tokens.inputTokenCount(),
                tokens == null ? null : tokens.outputTokenCount(),
                response.finishReason() != FinishReason.LENGTH);
    }

    /** What the prompt leaves of the context: Ollama drops the beginning of a prompt, and goes on, when it is full. */
    private int room(Prompt prompt) {
        TokenEstimate tokens = new TokenEstimate();
        int read = tokens.estimateTokenCountInText(prompt.system()) + tokens.estimateTokenCountInText(prompt.user());
        return Math.max(1, contextTokens - read);
    }

    @Override
    public void close() {
        connection.close();
    }
}
