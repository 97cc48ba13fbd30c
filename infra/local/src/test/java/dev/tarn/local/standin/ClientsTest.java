package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.output.Response;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.model.Generation;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.ollama.OllamaGenerator;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.question.Prompt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The clients that Tarn has, and langchain4j's own, against the stand-in. */
class ClientsTest {
    private static final String QUESTION =
            Notes.prompt("How does the AVL tree maintain balance?", Notes.AVL_TREES, Notes.REPLICATION);

    private static StandIn ollama;

    @BeforeAll
    static void start() {
        ollama = StandIn.start(0);
    }

    @AfterAll
    static void stop() {
        ollama.close();
    }

    @Test
    void langchain4jEmbedsABatch() {
        OllamaEmbeddingModel model = OllamaEmbeddingModel.builder()
                .baseUrl(ollama.uri().toString())
                .modelName("all-minilm")
                .build();
        List<TextSegment> texts = IntStream.range(0, 40)
                .mapToObj(i -> TextSegment.from("text number " + i))
                .toList();

        Response<List<Embedding>> batch = model.embedAll(texts);

        assertThat(batch.content()).hasSize(40);
        assertThat(batch.content().get(17).vector())
                .containsExactly(model.embed("text number 17").content().vector());
    }

    @Test
    void langchain4jChats() {
        ChatResponse response = OllamaChatModel.builder()
                .baseUrl(ollama.uri().toString())
                .modelName("extractive")
                .build()
                .chat(UserMessage.from(QUESTION));

        assertThat(response.aiMessage().text()).contains("by performing a rotation", "[1]");
        assertThat(response.tokenUsage().inputTokenCount()).isGreaterThan(100);
        assertThat(response.tokenUsage().outputTokenCount()).isGreaterThan(20);
        assertThat(response.metadata().modelName()).isEqualTo("extractive");
    }

    @Test
    void langchain4jStreams() throws Exception {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        StringBuilder pieces = new StringBuilder();

        OllamaStreamingChatModel.builder()
                .baseUrl(ollama.uri().toString())
                .modelName("extractive")
                .build()
                .chat(QUESTION, new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String piece) {
                        pieces.append(piece);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        whole.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        whole.completeExceptionally(error);
                    }
                });

        assertThat(whole.get(30, TimeUnit.SECONDS).aiMessage().text())
                .contains("by performing a rotation", "[1]")
                .isEqualTo(pieces.toString());
    }

    @Test
    void langchain4jLearnsThatAModelIsMissing() {
        OllamaChatModel missing = OllamaChatModel.builder()
                .baseUrl(ollama.uri().toString())
                .modelName("llama3.2")
                .maxRetries(0)
                .build();

        assertThatThrownBy(() -> missing.chat("Hello!")).isInstanceOf(ModelNotFoundException.class);
    }

    @Test
    void tarnEmbedsAndAnswers() {
        try (OllamaEmbedder embedder = new OllamaEmbedder(settings("all-minilm"));
                OllamaGenerator generator = new OllamaGenerator(settings("extractive"), 4096)) {
            generator.check();
            Generation answer = generator.generate(new Prompt("You answer questions.", QUESTION));

            assertThat(embedder.describe())
                    .isEqualTo(new EmbeddingModelInfo("all-minilm:latest", Catalog.WEIGHTS_SHA256, MiniLm.DIMENSION));
            assertThat(embedder.embed(List.of("a", "b"))).hasSize(2);
            assertThat(answer.text()).contains("[1]");
        }
    }

    @Test
    void tarnIsToldToPullAMissingModel() {
        try (OllamaGenerator generator = new OllamaGenerator(settings("llama3.2"), 4096)) {
            assertThatThrownBy(generator::check)
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("ollama pull llama3.2");
        }
    }

    private static OllamaSettings settings(String model) {
        return new OllamaSettings(ollama.uri(), model, Duration.ofSeconds(30));
    }
}
