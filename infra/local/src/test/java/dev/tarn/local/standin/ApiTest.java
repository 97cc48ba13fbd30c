package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.question.Prompt;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire format, as {@code docs/api.md} of Ollama has it. */
class ApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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
    void saysThatItRuns() throws Exception {
        assertThat(get("/").body()).isEqualTo("Ollama is running");
        assertThat(json(get("/api/version")).get("version").textValue()).isEqualTo(Api.VERSION);
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpRequest head = request("/").method("HEAD", BodyPublishers.noBody()).build();

        HttpResponse<String> response = HTTP.send(head, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void listsBothModels() throws Exception {
        JsonNode models = json(get("/api/tags")).get("models");

        assertThat(models.findValuesAsText("name")).containsExactly("all-minilm:latest", "extractive:latest");
        for (JsonNode model : models) {
            assertThat(model.get("model")).isEqualTo(model.get("name"));
            assertThat(model.get("digest").textValue()).matches("[0-9a-f]{64}");
            assertThat(Instant.parse(model.get("modified_at").textValue())).isBefore(Instant.now());
            assertThat(model.get("size").canConvertToLong()).isTrue();
            assertThat(model.get("details").fieldNames())
                    .toIterable()
                    .containsExactly(
                            "parent_model", "format", "family", "families", "parameter_size", "quantization_level");
        }
    }

    @Test
    void showsAModel() throws Exception {
        JsonNode shown = json(post("/api/show", "{\"model\": \"all-minilm\"}"));

        assertThat(shown.at("/model_info/general.architecture").textValue()).isEqualTo("bert");
        assertThat(shown.at("/model_info/bert.embedding_length").intValue()).isEqualTo(384);
        assertThat(shown.at("/model_info/bert.context_length").intValue()).isEqualTo(256);
        assertThat(shown.at("/capabilities/0").textValue()).isEqualTo("embedding");
        assertThat(json(post("/api/show", "{\"name\": \"extractive:latest\"}"))
                        .at("/capabilities/0")
                        .textValue())
                .isEqualTo("completion");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-minilm", "all-minilm:latest"})
    void embedsOneText(String model) throws Exception {
        JsonNode reply = json(post("/api/embed", "{\"model\": \"%s\", \"input\": \"a tree\"}".formatted(model)));

        assertThat(reply.get("model").textValue()).isEqualTo(model);
        assertThat(reply.get("embeddings")).hasSize(1);
        assertThat(reply.get("embeddings").get(0)).hasSize(384);
        assertThat(reply.get("prompt_eval_count").intValue()).isEqualTo(4);
        assertThat(reply.get("load_duration").longValue()).isPositive();
        assertThat(reply.get("total_duration").longValue())
                .isGreaterThan(reply.get("load_duration").longValue())
                .isLessThan(60_000_000_000L);
    }

    @Test
    void embedsAListInItsOrder() throws Exception {
        JsonNode both = json(post("/api/embed", "{\"model\": \"all-minilm\", \"input\": [\"a tree\", \"\"]}"));
        JsonNode tree = json(post("/api/embed", "{\"model\": \"all-minilm\", \"input\": [\"a tree\"]}"));

        assertThat(both.get("embeddings")).hasSize(2);
        assertThat(both.get("embeddings").get(0))
                .isEqualTo(tree.get("embeddings").get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "[]", "null"})
    void embedsNothingForNothing(String input) throws Exception {
        assertThat(post("/api/embed", "{\"model\": \"all-minilm\", \"input\": %s}".formatted(input))
                        .body())
                .isEqualTo("{\"model\":\"all-minilm\",\"embeddings\":[]}");
    }

    @Test
    void cutsWhatIsTooLongUnlessToldNotTo() throws Exception {
        ObjectNode request = JSON.createObjectNode().put("model", "all-minilm").put("input", "tree ".repeat(1_000));

        assertThat(json(post("/api/embed", request.toString()))
                        .get("prompt_eval_count")
                        .intValue())
                .isEqualTo(256);
        request.put("truncate", false);
        assertError(post("/api/embed", request.toString()), 400, "the input length exceeds the context length");
        request.put("input", "tree ".repeat(254));
        assertThat(post("/api/embed", request.toString()).statusCode()).isEqualTo(200);
    }

    @Test
    void chatsInOneReply() throws Exception {
        JsonNode reply = json(post("/api/chat", chat().put("stream", false).toString()));

        assertThat(reply.at("/message/role").textValue()).isEqualTo("assistant");
        assertThat(reply.at("/message/content").textValue()).contains("by performing a rotation", "[1]");
        assertThat(reply.has("response")).isFalse();
        assertEnd(reply);
    }

    @Test
    void streamsAChat() throws Exception {
        HttpResponse<String> response = post("/api/chat", chat().toString());
        List<JsonNode> lines = lines(response);
        JsonNode last = lines.get(lines.size() - 1);
        String whole = json(post("/api/chat", chat().put("stream", false).toString()))
                .at("/message/content")
                .textValue();

        assertThat(response.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        assertThat(lines).hasSizeGreaterThan(10);
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(line -> assertThat(line.fieldNames())
                        .toIterable()
                        .containsExactly("model", "created_at", "message", "done"))
                .noneMatch(line -> line.get("done").booleanValue());
        assertThat(lines.stream()
                        .map(line -> line.at("/message/content").textValue())
                        .collect(Collectors.joining()))
                .isEqualTo(whole);
        assertThat(last.at("/message/content").textValue()).isEmpty();
        assertEnd(last);
    }

    @Test
    void generatesInOneReplyAndInAStream() throws Exception {
        ObjectNode request = JSON.createObjectNode().put("model", "extractive").put("prompt", QUESTION);
        List<JsonNode> lines = lines(post("/api/generate", request.toString()));
        JsonNode whole = json(post("/api/generate", request.put("stream", false).toString()));

        assertThat(whole.get("response").textValue()).contains("by performing a rotation", "[1]");
        assertThat(whole.has("message")).isFalse();
        assertEnd(whole);
        assertThat(lines.stream().map(line -> line.get("response").textValue()).collect(Collectors.joining()))
                .isEqualTo(whole.get("response").textValue());
        assertEnd(lines.get(lines.size() - 1));
    }

    @Test
    void answersTheLastMessageOfTheUser() throws Exception {
        ObjectNode request = chat().put("stream", false);
        request.withArray("messages").addObject().put("role", "user").put("content", Notes.prompt("Why?"));
        request.withArray("messages").addObject().put("role", "assistant").put("content", "Because.");

        assertThat(json(post("/api/chat", request.toString()))
                        .at("/message/content")
                        .textValue())
                .isEqualTo(Prompt.NO_ANSWER);
    }

    @Test
    void loadsAndUnloadsWithoutAQuestion() throws Exception {
        JsonNode loaded = json(post("/api/chat", "{\"model\": \"extractive\", \"messages\": []}"));
        JsonNode unloaded = json(post("/api/generate", "{\"model\": \"extractive\", \"keep_alive\": 0}"));

        assertThat(loaded.get("done_reason").textValue()).isEqualTo("load");
        assertThat(loaded.at("/message/content").textValue()).isEmpty();
        assertThat(unloaded.get("done_reason").textValue()).isEqualTo("unload");
        assertThat(unloaded.get("response").textValue()).isEmpty();
    }

    @Test
    void pullsOnlyWhatItHas() throws Exception {
        assertThat(lines(post("/api/pull", "{\"model\": \"all-minilm\"}")))
                .extracting(line -> line.get("status").textValue())
                .containsExactly("pulling manifest", "success");
        assertThat(post("/api/pull", "{\"model\": \"all-minilm\", \"stream\": false}")
                        .body())
                .isEqualTo("{\"status\":\"success\"}");
        assertThat(lines(post("/api/pull", "{\"model\": \"llama3.2\"}")))
                .last()
                .hasToString("{\"error\":\"pull model manifest: file does not exist\"}");
        assertError(
                post("/api/pull", "{\"model\": \"llama3.2\", \"stream\": false}"),
                500,
                "pull model manifest: file does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/show", "/api/embed", "/api/chat", "/api/generate"})
    void saysWhichModelIsMissing(String path) throws Exception {
        assertError(post(path, "{\"model\": \"llama3.2\"}"), 404, "model \"llama3.2\" not found, try pulling it first");
        assertError(post(path, "{}"), 400, "model is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/show", "/api/pull", "/api/embed", "/api/chat", "/api/generate"})
    void refusesWhatIsNotJson(String path) throws Exception {
        assertError(post(path, ""), 400, "missing request body");
        assertThat(post(path, "{\"model\":").statusCode()).isEqualTo(400);
        assertThat(post(path, "[1]").statusCode()).isEqualTo(400);
        assertThat(post(path, "null").statusCode()).isEqualTo(400);
        assertThat(json(post(path, "hello")).get("error").textValue()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/api/embed | {'model':'all-minilm','input':[1]} | invalid input type",
                "/api/embed | {'model':'all-minilm','input':{'a':'b'}} | invalid input type",
                "/api/embed | {'model':'extractive','input':'a'} | this model does not support embeddings",
                "/api/chat | {'model':'all-minilm','messages':[]} | 'all-minilm' does not support chat",
                "/api/generate | {'model':'all-minilm'} | 'all-minilm' does not support generate",
                "/api/chat | {'model':'extractive','think':true} | 'extractive' does not support thinking",
                "/api/chat | {'model':'extractive','tools':[{}]} | extractive does not support tools"
            })
    void refusesWhatAModelCannotDo(String path, String body, String error) throws Exception {
        assertError(post(path, body.replace('\'', '"')), 400, error.replace('\'', '"'));
    }

    @Test
    void tellsAnUnknownPathFromAWrongMethod() throws Exception {
        assertThat(get("/api/unknown").statusCode()).isEqualTo(404);
        assertThat(post("/", "{}").statusCode()).isEqualTo(405);
        assertThat(get("/api/chat").statusCode()).isEqualTo(405);
    }

    private static ObjectNode chat() {
        ObjectNode request = JSON.createObjectNode().put("model", "extractive");
        request.withArray("messages").addObject().put("role", "system").put("content", "You answer questions.");
        request.withArray("messages").addObject().put("role", "user").put("content", QUESTION);
        return request;
    }

    private static void assertEnd(JsonNode end) {
        assertThat(end.get("done").booleanValue()).isTrue();
        assertThat(end.get("done_reason").textValue()).isEqualTo("stop");
        assertThat(end.get("prompt_eval_count").intValue()).isBetween(150, 400);
        assertThat(end.get("eval_count").intValue()).isBetween(20, 200);
        assertThat(end.get("total_duration").longValue())
                .isEqualTo(end.get("load_duration").longValue()
                        + end.get("prompt_eval_duration").longValue()
                        + end.get("eval_duration").longValue());
    }

    private static void assertError(HttpResponse<String> response, int status, String message) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response)).isEqualTo(JSON.createObjectNode().put("error", message));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return HTTP.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(ollama.uri().resolve(path));
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    private static List<JsonNode> lines(HttpResponse<String> response) throws IOException {
        return JSON.readerFor(JsonNode.class)
                .<JsonNode>readValues(response.body())
                .readAll();
    }
}
