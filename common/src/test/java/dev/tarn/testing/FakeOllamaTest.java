package dev.tarn.testing;

import static dev.tarn.testing.FakeOllama.CHAT_MODEL;
import static dev.tarn.testing.FakeOllama.EMBEDDING_MODEL;
import static dev.tarn.testing.FakeOllama.Endpoint.CHAT;
import static dev.tarn.testing.FakeOllama.Endpoint.EMBED;
import static dev.tarn.testing.FakeOllama.Endpoint.SHOW;
import static dev.tarn.testing.FakeOllama.Endpoint.TAGS;
import static dev.tarn.testing.FakeOllama.Endpoint.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spoken to with a plain HTTP client, and no knowledge of who else speaks to it. */
class FakeOllamaTest {
    private final FakeOllama ollama = FakeOllama.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @AfterEach
    void stop() {
        ollama.close();
    }

    @Test
    void textsThatShareWordsAreNearAndTextsThatShareNoneAreAboutOrthogonal() throws Exception {
        JsonNode vectors = embed("Replication copies data.", "the DATA of replication", "sailing boats")
                .path("embeddings");

        assertThat(vectors).hasSize(3);
        assertThat(vectors.get(0)).hasSize(FakeOllama.DIMENSION);
        assertThat(cosine(vectors.get(0), vectors.get(0))).isCloseTo(1, within(1e-6));
        assertThat(cosine(vectors.get(0), vectors.get(1))).isGreaterThan(0.4);
        assertThat(cosine(vectors.get(0), vectors.get(2))).isCloseTo(0, within(0.3));
    }

    @Test
    void aTextWithoutWordsHasAVectorToo() throws Exception {
        JsonNode vector = embed("…").path("embeddings").get(0);

        assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-6));
    }

    @Test
    void theChatModelRepliesWithTheFirstSentenceOfTheFirstPassage() throws Exception {
        Prompt prompt = prompt("Data is <copied>. Twice.", "Something else.");

        JsonNode reply = json.readTree(chat(prompt, false).body());

        assertThat(reply.at("/message/content").asText()).isEqualTo("Data is <copied>. [1]");
        assertThat(reply.path("done").asBoolean()).isTrue();
        assertThat(reply.path("eval_count").asInt()).isEqualTo(4);
        assertThat(reply.path("prompt_eval_count").asInt()).isPositive();
    }

    @Test
    void theChatModelHasNoAnswerWithoutPassages() throws Exception {
        JsonNode reply = json.readTree(chat(prompt(), false).body());

        assertThat(reply.at("/message/content").asText()).isEqualTo(Prompt.NO_ANSWER);
    }

    @Test
    void aStreamedChatComesWordByWordAndEndsWithDone() throws Exception {
        ollama.replyWith(messages -> messages.size() + " messages came");

        List<String> lines = chat(prompt(), true).body().lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(json.readTree(lines.get(1)).at("/message/content").asText()).isEqualTo("messages ");
        assertThat(json.readTree(lines.get(2)).path("done").asBoolean()).isFalse();
        assertThat(json.readTree(lines.get(3)).path("done").asBoolean()).isTrue();
        assertThat(json.readTree(lines.get(3)).path("eval_count").asInt()).isEqualTo(3);
    }

    @Test
    void aModelCanBePulledAndRemoved() throws Exception {
        ollama.remove(EMBEDDING_MODEL);
        assertThat(embedding("one").statusCode()).isEqualTo(404);
        assertThat(json.readTree(get(TAGS).body()).path("models")).hasSize(1);

        ollama.pull(EMBEDDING_MODEL);
        assertThat(embedding("one").statusCode()).isEqualTo(200);
        assertThat(json.readTree(get(TAGS).body()).path("models").findValuesAsText("name"))
                .containsExactlyInAnyOrder("all-minilm:latest", "llama3.2:latest");
    }

    @Test
    void eachModelSaysWhatItCan() throws Exception {
        assertThat(get(VERSION).body()).contains("version");
        assertThat(post(SHOW, Map.of("model", EMBEDDING_MODEL)).body()).contains("\"embedding\"");
        assertThat(post(SHOW, Map.of("model", CHAT_MODEL)).body()).contains("\"completion\"");
        assertThat(post(EMBED, Map.of("model", CHAT_MODEL, "input", List.of("one")))
                        .statusCode())
                .isEqualTo(500);
        assertThat(post(CHAT, Map.of("model", EMBEDDING_MODEL, "messages", List.of()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theNextCallsFailAndThenItWorks() throws Exception {
        ollama.failNext(2, EMBED, Fault.Status.BUSY);
        ollama.failNext(1, EMBED, Fault.Status.INTERNAL_ERROR);

        assertThat(embedding("one").statusCode()).isEqualTo(503);
        assertThat(embedding("one").statusCode()).isEqualTo(503);
        assertThat(embedding("one").statusCode()).isEqualTo(500);
        assertThat(embedding("one").statusCode()).isEqualTo(200);
    }

    @Test
    void everyCallOfAnEndpointFailsUntilItRecovers() throws Exception {
        ollama.fail(EMBED, Fault.Status.MODEL_MISSING);

        assertThat(embedding("one").statusCode()).isEqualTo(404);
        assertThat(embedding("one").statusCode()).isEqualTo(404);
        assertThat(get(TAGS).statusCode()).isEqualTo(200);
        ollama.recover();
        assertThat(embedding("one").statusCode()).isEqualTo(200);
    }

    @Test
    void onePoisonousTextFailsTheBatchThatHasIt() throws Exception {
        ollama.poison("poison", Fault.Status.REFUSES_INPUT);

        assertThat(embedding("one", "a poisonous text").statusCode()).isEqualTo(400);
        assertThat(embedding("one").statusCode()).isEqualTo(200);
    }

    @Test
    void vectorsCanBeNoGood() throws Exception {
        ollama.failNext(1, EMBED, Fault.Vectors.ONE_SHORT);
        assertThat(embed("one", "two").path("embeddings")).hasSize(1);
        ollama.failNext(1, EMBED, Fault.Vectors.OTHER_DIMENSION);
        assertThat(embed("one", "two").path("embeddings").get(1)).hasSize(FakeOllama.DIMENSION + 1);
        ollama.failNext(1, EMBED, Fault.Vectors.ZERO);
        assertThat(embed("one").path("embeddings").get(0)).allMatch(component -> component.doubleValue() == 0);
        ollama.failNext(1, EMBED, Fault.Vectors.NOT_A_NUMBER);
        assertThat(embedding("one").statusCode()).isEqualTo(500);
        ollama.failNext(1, EMBED, Fault.Vectors.INFINITE);
        assertThat(embed("one").at("/embeddings/0/0").floatValue()).isInfinite();
    }

    @Test
    void aBodyCanBeNoGood() throws Exception {
        ollama.failNext(1, EMBED, Fault.Body.NOT_JSON);
        assertThat(embedding("one").body()).startsWith("<html>");
        ollama.failNext(1, EMBED, Fault.Body.EMPTY_OBJECT);
        assertThat(embedding("one").body()).isEqualTo("{}");
        ollama.failNext(1, EMBED, Fault.Body.CUT_OFF);
        assertThatThrownBy(() -> embedding("one")).isInstanceOf(IOException.class);
        ollama.failNext(1, CHAT, Fault.Body.CUT_OFF);
        assertThatThrownBy(() -> chat(prompt(), true)).isInstanceOf(IOException.class);
    }

    @Test
    void callsAreHeldUpUntilItRecovers() {
        ollama.fail(EMBED, Fault.Delay.UNTIL_CLEARED);
        CompletableFuture<Integer> first = inBackground("one");
        CompletableFuture<Integer> second = inBackground("two", "three");
        await().until(() -> ollama.calls().running(EMBED) == 2);
        assertThat(first).isNotDone();

        ollama.recover();

        assertThat(first.join()).isEqualTo(200);
        assertThat(second.join()).isEqualTo(200);
        assertThat(ollama.calls().mostAtOnce(EMBED)).isEqualTo(2);
        assertThat(ollama.calls().textsPerEmbedCall()).containsExactlyInAnyOrder(1, 2);
        assertThat(ollama.calls().embeddedTexts()).isEqualTo(3);
    }

    @Test
    void aStalledBodyGoesOnWhenItRecovers() {
        ollama.fail(EMBED, Fault.Body.STALLED);
        CompletableFuture<Integer> stalled = inBackground("one");
        await().until(() -> ollama.calls().running(EMBED) == 1);

        ollama.recover();

        assertThat(stalled.join()).isEqualTo(200);
    }

    @Test
    void aDelayedCallIsAnsweredInTheEnd() throws Exception {
        ollama.failNext(1, EMBED, new Fault.Delay(Duration.ofMillis(1)));

        assertThat(embedding("one").statusCode()).isEqualTo(200);
    }

    @Test
    void aStoppedServerRefusesAndComesBackAtItsAddress() throws Exception {
        ollama.stop();
        assertThatThrownBy(() -> embedding("one")).isInstanceOf(ConnectException.class);

        ollama.restart();

        assertThat(embedding("one").statusCode()).isEqualTo(200);
    }

    @Test
    void aStopBreaksTheCallsThatAreHeldUp() {
        ollama.fail(EMBED, Fault.Delay.UNTIL_CLEARED);
        CompletableFuture<Integer> held = inBackground("one");
        await().until(() -> ollama.calls().running(EMBED) == 1);

        ollama.stop();

        assertThat(held).failsWithin(Duration.ofSeconds(10));
        await().until(() -> ollama.calls().running(EMBED) == 0);
    }

    @Test
    void aRequiredKeyIsRequired() throws Exception {
        ollama.requireKey("secret");

        assertThat(embedding("one").statusCode()).isEqualTo(401);
        HttpRequest request = HttpRequest.newBuilder(ollama.uri().resolve("/api/tags"))
                .header("Authorization", "Bearer secret")
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        assertThat(ollama.calls().last(TAGS).authorization()).isEqualTo("Bearer secret");
    }

    private static Prompt prompt(String... passages) {
        List<Passage> found = new ArrayList<>();
        for (String text : passages) {
            found.add(new Passage(found.size() + 1, "doc", null, "chunk", "Title", null, 1, text));
        }
        return Prompt.of(new Question("q", "What is it?", "default", null, null, null), found);
    }

    private HttpResponse<String> chat(Prompt prompt, boolean stream) throws Exception {
        return post(
                CHAT,
                Map.of(
                        "model",
                        CHAT_MODEL,
                        "stream",
                        stream,
                        "messages",
                        List.of(
                                Map.of("role", "system", "content", prompt.system()),
                                Map.of("role", "user", "content", prompt.user()))));
    }

    private JsonNode embed(String... texts) throws Exception {
        return json.readTree(embedding(texts).body());
    }

    private HttpResponse<String> embedding(String... texts) throws Exception {
        return post(EMBED, Map.of("model", EMBEDDING_MODEL, "input", List.of(texts)));
    }

    private CompletableFuture<Integer> inBackground(String... texts) {
        return http.sendAsync(
                        request(EMBED, Map.of("model", EMBEDDING_MODEL, "input", List.of(texts))),
                        HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode);
    }

    private HttpResponse<String> get(FakeOllama.Endpoint endpoint) throws Exception {
        return http.send(
                HttpRequest.newBuilder(ollama.uri().resolve(endpoint.path())).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(FakeOllama.Endpoint endpoint, Map<String, ?> body) throws Exception {
        return http.send(request(endpoint, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(FakeOllama.Endpoint endpoint, Map<String, ?> body) {
        return HttpRequest.newBuilder(ollama.uri().resolve(endpoint.path()))
                .POST(HttpRequest.BodyPublishers.ofString(json.valueToTree(body).toString()))
                .build();
    }

    private static double cosine(JsonNode a, JsonNode b) {
        double dot = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.size(); i++) {
            dot += a.get(i).doubleValue() * b.get(i).doubleValue();
            squaresOfA += a.get(i).doubleValue() * a.get(i).doubleValue();
            squaresOfB += b.get(i).doubleValue() * b.get(i).doubleValue();
        }
        return dot / Math.sqrt(squaresOfA * squaresOfB);
    }
}
