package dev.tarn.ollama;

import static dev.tarn.testing.FakeOllama.CHAT_MODEL;
import static dev.tarn.testing.FakeOllama.Endpoint.CHAT;
import static dev.tarn.testing.FakeOllama.Endpoint.TAGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.model.Generation;
import dev.tarn.model.Generator;
import dev.tarn.model.GeneratorContract;
import dev.tarn.question.Prompt;
import dev.tarn.testing.FakeOllama;
import dev.tarn.testing.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class OllamaGeneratorTest extends GeneratorContract {
    private static final int CONTEXT = 4_096;
    private static final String KEY = "key-that-nobody-may-see";
    private static final String SECRET = "a question that nobody may see";
    private static final Prompt PROMPT = new Prompt("instructions", SECRET);

    private final FakeOllama ollama = FakeOllama.start();

    @AfterEach
    void stop() {
        ollama.close();
    }

    @Override
    protected Generator open() {
        return generator(OllamaFixture.chat(ollama));
    }

    @Override
    protected Generator openWithUnknownModel() {
        return generator(OllamaFixture.withModel(OllamaFixture.chat(ollama), "qwen3"));
    }

    @Override
    protected Generator openUnreachable() {
        return generator(OllamaFixture.unreachable(OllamaFixture.chat(ollama)));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Fault.Status.UNAUTHORIZED, Misconfiguration.class),
                Arguments.of(Fault.Status.FORBIDDEN, Misconfiguration.class),
                Arguments.of(Fault.Status.MODEL_MISSING, Misconfiguration.class),
                Arguments.of(Fault.Status.REFUSES_INPUT, PermanentFailure.class),
                Arguments.of(Fault.Status.TOO_MANY_REQUESTS, TransientFailure.class),
                Arguments.of(Fault.Status.INTERNAL_ERROR, TransientFailure.class),
                Arguments.of(Fault.Status.BUSY, TransientFailure.class),
                Arguments.of(Fault.Delay.UNTIL_CLEARED, TransientFailure.class),
                Arguments.of(Fault.Body.CUT_OFF, TransientFailure.class),
                Arguments.of(Fault.Body.STALLED, TransientFailure.class),
                Arguments.of(Fault.Body.NOT_JSON, TransientFailure.class),
                Arguments.of(Fault.Body.EMPTY_OBJECT, PermanentFailure.class));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsClassifiedInOneCallAndTellsNothingOfThePrompt(Fault fault, Class<? extends Throwable> kind) {
        OllamaSettings settings = OllamaFixture.withKey(OllamaFixture.chat(ollama), KEY);
        boolean slow = fault instanceof Fault.Delay || fault == Fault.Body.STALLED;
        warmUp();
        ollama.fail(CHAT, fault);
        try (Generator generator = generator(slow ? OllamaFixture.impatient(settings) : settings)) {
            Throwable failure = catchThrowable(() -> generator.generate(PROMPT));

            assertThat(failure).isInstanceOf(kind);
            assertThat(OllamaFixture.stackTrace(failure)).doesNotContain(SECRET, KEY);
            assertThat(ollama.calls().count(CHAT)).isEqualTo(1);
        }
    }

    @Test
    void thePromptGoesAsInstructionsAndDataToADeterministicModelThatReadsAllOfIt() {
        try (Generator generator = open()) {
            generator.generate(PROMPT);
        }

        JsonNode request = ollama.calls().last(CHAT).body();
        assertThat(request.path("model").asText()).isEqualTo(CHAT_MODEL);
        assertThat(request.path("stream").asBoolean(true)).isFalse();
        assertThat(request.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(request.at("/messages/0/content").asText()).isEqualTo("instructions");
        assertThat(request.at("/messages/1/role").asText()).isEqualTo("user");
        assertThat(request.at("/messages/1/content").asText()).isEqualTo(SECRET);
        assertThat(request.path("messages")).hasSize(2);
        assertThat(request.at("/options/temperature").asDouble(1)).isZero();
        assertThat(request.at("/options/seed").isInt()).isTrue();
        assertThat(request.at("/options/num_ctx").asInt()).isEqualTo(CONTEXT);
    }

    @Test
    void theAnswerAndItsTokensAreWhatTheServerSays() {
        ollama.replyWith(messages -> "  It outlives a machine. [1]\n");
        try (Generator generator = open()) {
            assertThat(generator.generate(PROMPT)).isEqualTo(new Generation("It outlives a machine. [1]", 7, 5, true));
        }
    }

    @Test
    void theAnswerMayTakeWhatThePromptLeavesOfTheContextAndTellsWhenThatWasTooLittle() {
        ollama.replyWith(messages -> "word ".repeat(CONTEXT));
        try (Generator generator = open()) {
            Generation cut = generator.generate(new Prompt("instructions", "word ".repeat(CONTEXT - 500)));

            assertThat(cut.isWhole()).isFalse();
            assertThat(cut.text()).hasSizeBetween(400 * 5, 500 * 5);
            assertThat(generator
                            .generate(new Prompt("instructions", "word ".repeat(CONTEXT + 500)))
                            .isWhole())
                    .isFalse();
        }
    }

    @Test
    void anAnswerOfNothingIsRefused() {
        ollama.replyWith(messages -> " \n");
        try (Generator generator = open()) {
            assertThatThrownBy(() -> generator.generate(PROMPT))
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContaining("answered nothing");
        }
    }

    @Test
    void theModelIsReportedAsItIsConfigured() {
        try (Generator plain = open();
                Generator tagged = generator(OllamaFixture.withModel(OllamaFixture.chat(ollama), "llama3.2:latest"))) {
            assertThat(plain.model()).isEqualTo("llama3.2");
            assertThat(tagged.model()).isEqualTo("llama3.2:latest");
            assertThatCode(plain::check).doesNotThrowAnyException();
            assertThatCode(tagged::check).doesNotThrowAnyException();
        }
    }

    @Test
    void theModelThatIsMissingIsNamedWithTheCommandThatGetsIt() {
        ollama.remove(CHAT_MODEL);
        try (Generator generator = open()) {
            assertThatThrownBy(generator::check).hasMessageContaining("ollama pull llama3.2");
            assertThatThrownBy(() -> generator.generate(PROMPT)).hasMessageContaining("ollama pull llama3.2");
        }
    }

    @Test
    void aModelThatDoesNotChatIsMisconfigured() {
        try (Generator generator = generator(OllamaFixture.embedding(ollama))) {
            assertThatThrownBy(() -> generator.generate(PROMPT))
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("chat model");
        }
    }

    @Test
    void theKeyIsSentAsABearerTokenWithEveryCall() {
        ollama.requireKey(KEY);
        try (Generator generator = generator(OllamaFixture.withKey(OllamaFixture.chat(ollama), KEY))) {
            generator.check();
            generator.generate(PROMPT);
        }

        assertThat(ollama.calls().last(TAGS).authorization()).isEqualTo("Bearer " + KEY);
        assertThat(ollama.calls().last(CHAT).authorization()).isEqualTo("Bearer " + KEY);
    }

    @Test
    void closingEndsRunningCallsAndAllThreads() {
        ollama.fail(CHAT, Fault.Delay.UNTIL_CLEARED);
        Generator generator = open();
        CompletableFuture<Throwable> running =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> generator.generate(PROMPT)));
        await().until(() -> ollama.calls().running(CHAT) == 1);

        generator.close();

        assertThat(running).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(TransientFailure.class);
        await().until(() -> OllamaFixture.httpThreads() == 0);
    }

    /** A first call loads classes, and could spend the time of an impatient one. */
    private void warmUp() {
        try (Generator generator = open()) {
            generator.generate(PROMPT);
        }
        ollama.calls().reset();
    }

    private static Generator generator(OllamaSettings settings) {
        return new OllamaGenerator(settings, CONTEXT);
    }
}
