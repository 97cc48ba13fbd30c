package dev.tarn.ollama;

import static dev.tarn.testing.FakeOllama.EMBEDDING_MODEL;
import static dev.tarn.testing.FakeOllama.Endpoint.EMBED;
import static dev.tarn.testing.FakeOllama.Endpoint.TAGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.model.Embedder;
import dev.tarn.model.EmbedderContract;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.testing.FakeOllama;
import dev.tarn.testing.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class OllamaEmbedderTest extends EmbedderContract {
    private static final String KEY = "key-that-nobody-may-see";
    private static final String SECRET = "a text that nobody may see";

    private final FakeOllama ollama = FakeOllama.start();

    @AfterEach
    void stop() {
        ollama.close();
    }

    @Override
    protected Embedder open() {
        return new OllamaEmbedder(OllamaFixture.embedding(ollama));
    }

    @Override
    protected Embedder openWithUnknownModel() {
        return new OllamaEmbedder(OllamaFixture.withModel(OllamaFixture.embedding(ollama), "nomic-embed-text"));
    }

    @Override
    protected Embedder openUnreachable() {
        return new OllamaEmbedder(OllamaFixture.unreachable(OllamaFixture.embedding(ollama)));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Fault.Status.UNAUTHORIZED, Misconfiguration.class),
                Arguments.of(Fault.Status.FORBIDDEN, Misconfiguration.class),
                Arguments.of(Fault.Status.MODEL_MISSING, Misconfiguration.class),
                Arguments.of(new Fault.Status(302), Misconfiguration.class),
                Arguments.of(Fault.Status.REFUSES_INPUT, PermanentFailure.class),
                Arguments.of(new Fault.Status(413), PermanentFailure.class),
                Arguments.of(new Fault.Status(408), TransientFailure.class),
                Arguments.of(Fault.Status.TOO_MANY_REQUESTS, TransientFailure.class),
                Arguments.of(Fault.Status.INTERNAL_ERROR, TransientFailure.class),
                Arguments.of(new Fault.Status(502), TransientFailure.class),
                Arguments.of(Fault.Status.BUSY, TransientFailure.class),
                Arguments.of(Fault.Delay.UNTIL_CLEARED, TransientFailure.class),
                Arguments.of(Fault.Body.CUT_OFF, TransientFailure.class),
                Arguments.of(Fault.Body.STALLED, TransientFailure.class),
                Arguments.of(Fault.Body.NOT_JSON, TransientFailure.class),
                Arguments.of(Fault.Body.EMPTY_OBJECT, PermanentFailure.class),
                Arguments.of(Fault.Vectors.ONE_SHORT, PermanentFailure.class),
                Arguments.of(Fault.Vectors.ZERO, PermanentFailure.class),
                Arguments.of(Fault.Vectors.INFINITE, PermanentFailure.class),
                Arguments.of(Fault.Vectors.NOT_A_NUMBER, PermanentFailure.class));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsClassifiedInOneCallAndTellsNothingOfTheText(Fault fault, Class<? extends Throwable> kind) {
        OllamaSettings settings = OllamaFixture.withKey(OllamaFixture.embedding(ollama), KEY);
        warmUp();
        ollama.fail(EMBED, fault);
        try (Embedder embedder = new OllamaEmbedder(slow(fault) ? OllamaFixture.impatient(settings) : settings)) {
            Throwable failure = catchThrowable(() -> embedder.embed(List.of("good", SECRET)));

            assertThat(failure).isInstanceOf(kind);
            assertThat(OllamaFixture.stackTrace(failure)).doesNotContain(SECRET, KEY);
            assertThat(ollama.calls().count(EMBED)).isEqualTo(1);
        }
    }

    @Test
    void theModelThatIsMissingIsNamedWithTheCommandThatGetsIt() {
        ollama.remove(EMBEDDING_MODEL);
        try (Embedder embedder = open()) {
            assertThatThrownBy(embedder::describe).hasMessageContaining("ollama pull all-minilm");
            assertThatThrownBy(() -> embedder.embed(List.of("one"))).hasMessageContaining("ollama pull all-minilm");
        }
    }

    @Test
    void aModelThatIsReplacedUnderItsNameIsNoticed() {
        try (Embedder embedder = new OllamaEmbedder(OllamaFixture.embedding(ollama), Duration.ZERO)) {
            EmbeddingModelInfo described = embedder.describe();
            embedder.embed(List.of("one"));

            ollama.replace(EMBEDDING_MODEL);

            assertThatThrownBy(() -> embedder.embed(List.of("two")))
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContainingAll("has become another", described.digest(), "Restart the job");
        }
    }

    @Test
    void theModelIsNotAskedForWithEachCall() {
        try (Embedder embedder = open()) {
            embedder.describe();
            for (int i = 0; i < 10; i++) {
                embedder.embed(List.of("one"));
            }
        }

        assertThat(ollama.calls().count(TAGS)).isEqualTo(1);
    }

    @Test
    void aDeniedCallNamesTheSettingOfTheKey() {
        ollama.requireKey(KEY);
        try (Embedder embedder = open()) {
            assertThatThrownBy(embedder::describe)
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("TARN_OLLAMA_API_KEY");
        }
    }

    @Test
    void theKeyIsSentAsABearerTokenWithEveryCall() {
        ollama.requireKey(KEY);
        try (Embedder embedder = new OllamaEmbedder(OllamaFixture.withKey(OllamaFixture.embedding(ollama), KEY))) {
            embedder.describe();
            embedder.embed(List.of("one"));
        }

        assertThat(ollama.calls().last(TAGS).authorization()).isEqualTo("Bearer " + KEY);
        assertThat(ollama.calls().last(EMBED).authorization()).isEqualTo("Bearer " + KEY);
    }

    @Test
    void withoutAKeyNoAuthorizationIsSent() {
        try (Embedder embedder = open()) {
            embedder.describe();
        }

        assertThat(ollama.calls().last(TAGS).authorization()).isNull();
        assertThat(ollama.calls().last(EMBED).authorization()).isNull();
    }

    @Test
    void aBatchGoesInOneRequest() {
        try (Embedder embedder = open()) {
            embedder.embed(List.of("one", "two", "three"));
        }

        assertThat(ollama.calls().textsPerEmbedCall()).containsExactly(3);
        assertThat(ollama.calls().last(EMBED).body().path("model").asText()).isEqualTo(EMBEDDING_MODEL);
    }

    @Test
    void aServerThatComesBackIsUsedAgain() {
        try (Embedder embedder = open()) {
            embedder.embed(List.of("one"));
            ollama.stop();
            assertThatThrownBy(() -> embedder.embed(List.of("one"))).isInstanceOf(TransientFailure.class);

            ollama.restart();

            assertThat(embedder.embed(List.of("one"))).hasSize(1);
        }
    }

    @Test
    void aModelIsTheSameWithOrWithoutItsTag() {
        try (Embedder plain = open();
                Embedder tagged = new OllamaEmbedder(
                        OllamaFixture.withModel(OllamaFixture.embedding(ollama), "all-minilm:latest"))) {
            EmbeddingModelInfo info = plain.describe();

            assertThat(info.name()).isEqualTo("all-minilm:latest");
            assertThat(tagged.describe()).isEqualTo(info);
        }
    }

    @Test
    void anotherTagIsAnotherModel() {
        ollama.pull("all-minilm:33m");
        try (Embedder embedder = open();
                Embedder other = new OllamaEmbedder(
                        OllamaFixture.withModel(OllamaFixture.embedding(ollama), "all-minilm:33m"))) {
            assertThat(other.describe().name()).isEqualTo("all-minilm:33m");
            assertThat(other.describe().digest())
                    .isNotEqualTo(embedder.describe().digest());
        }
    }

    @Test
    void aModelThatDoesNotEmbedIsMisconfigured() {
        try (Embedder embedder = new OllamaEmbedder(OllamaFixture.chat(ollama))) {
            assertThatThrownBy(embedder::describe)
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("embedding model");
        }
    }

    @Test
    void aModelThatEmbedsNothingIsMisconfigured() {
        ollama.fail(EMBED, Fault.Vectors.ONE_SHORT);
        try (Embedder embedder = open()) {
            assertThatThrownBy(embedder::describe)
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("does not embed");
        }
    }

    @Test
    void aModelThatIsExchangedWhileTheJobRunsStopsIt() {
        try (Embedder embedder = open()) {
            embedder.describe();
            ollama.fail(EMBED, Fault.Vectors.OTHER_DIMENSION);

            assertThatThrownBy(() -> embedder.embed(List.of("one")))
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("65 dimensions")
                    .hasMessageContaining("64");
        }
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void whatIsNotOllamaIsMisconfigured(Fault fault) {
        ollama.fail(TAGS, fault);
        try (Embedder embedder = open()) {
            assertThatThrownBy(embedder::describe)
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("Check --ollama");
        }
    }

    static Stream<Fault> strangers() {
        return Stream.of(Fault.Body.NOT_JSON, Fault.Body.EMPTY_OBJECT, new Fault.Status(404), new Fault.Status(301));
    }

    @Test
    void aServerThatIsNotReadyIsWaitedFor() {
        warmUp();
        ollama.failNext(1, TAGS, Fault.Status.BUSY);
        ollama.failNext(1, TAGS, Fault.Body.STALLED);
        try (Embedder embedder = new OllamaEmbedder(OllamaFixture.impatient(OllamaFixture.embedding(ollama)))) {
            assertThatThrownBy(embedder::describe).isInstanceOf(TransientFailure.class);
            assertThatThrownBy(embedder::describe).isInstanceOf(TransientFailure.class);
        }
    }

    @Test
    void aCallThatIsGivenUpIsBrokenOff() {
        ollama.fail(EMBED, Fault.Delay.UNTIL_CLEARED);
        try (Embedder embedder = open()) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread caller = new Thread(() -> failure.complete(catchThrowable(() -> embedder.embed(List.of("one")))));
            caller.start();
            await().until(() -> ollama.calls().running(EMBED) == 1);
            assertThat(OllamaFixture.waitingThreads()).isEqualTo(1);

            caller.interrupt();

            assertThat(failure).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(TransientFailure.class);
            await().until(() -> OllamaFixture.waitingThreads() == 0);
        }
    }

    @Test
    void closingEndsRunningCallsAndAllThreads() {
        ollama.fail(EMBED, Fault.Delay.UNTIL_CLEARED);
        Embedder embedder = open();
        CompletableFuture<Throwable> running =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> embedder.embed(List.of("one"))));
        await().until(() -> ollama.calls().running(EMBED) == 1);
        assertThat(OllamaFixture.httpThreads()).isPositive();

        embedder.close();

        assertThat(running).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(TransientFailure.class);
        await().until(() -> OllamaFixture.httpThreads() == 0);
        assertThatThrownBy(() -> embedder.embed(List.of("one"))).isInstanceOf(TransientFailure.class);
    }

    /** A first call loads classes, and could spend the time of an impatient one. */
    private void warmUp() {
        try (Embedder embedder = open()) {
            embedder.embed(List.of("warm"));
        }
        ollama.calls().reset();
    }

    private static boolean slow(Fault fault) {
        return fault instanceof Fault.Delay || fault == Fault.Body.STALLED;
    }
}
