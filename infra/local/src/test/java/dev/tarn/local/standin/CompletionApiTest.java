package dev.tarn.local.standin;

import static dev.tarn.local.standin.Wire.json;
import static dev.tarn.local.standin.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.question.Prompt;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The wire format of {@code /api/chat} and {@code /api/generate}, streamed and not. */
class CompletionApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTION =
            Notes.prompt("How does the AVL tree maintain balance?", Notes.AVL_TREES, Notes.REPLICATION);

    private static StandIn ollama;
    private static Wire wire;

    @BeforeAll
    static void start() {
        ollama = StandIn.start(0);
        wire = new Wire(ollama.uri());
    }

    @AfterAll
    static void stop() {
        ollama.close();
    }

    @Test
    void chatsInOneReply() throws Exception {
        JsonNode reply = json(wire.post("/api/chat", chat().put("stream", false).toString()));

        assertThat(reply.at("/message/role").textValue()).isEqualTo("assistant");
        assertThat(reply.at("/message/content").textValue()).contains("by performing a rotation", "[1]");
        assertThat(reply.has("response")).isFalse();
        assertEnd(reply);
    }

    @Test
    void streamsAChat() throws Exception {
        HttpResponse<String> response = wire.post("/api/chat", chat().toString());
        List<JsonNode> lines = lines(response);
        JsonNode last = lines.get(lines.size() - 1);
        String whole = json(wire.post("/api/chat", chat().put("stream", false).toString()))
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
        List<JsonNode> lines = lines(wire.post("/api/generate", request.toString()));
        JsonNode whole =
                json(wire.post("/api/generate", request.put("stream", false).toString()));

        assertThat(whole.get("response").textValue()).contains("by performing a rotation", "[1]");
        assertThat(whole.has("message")).isFalse();
        assertEnd(whole);
        assertThat(lines.stream().map(line -> line.get("response").textValue()).collect(Collectors.joining()))
                .isEqualTo(whole.get("response").textValue());
        assertEnd(lines.get(lines.size() - 1));
    }

    @Test
    void writesNoMoreTokensThanAreAskedForAndSaysThatItBrokeOff() throws Exception {
        ObjectNode request = chat().put("stream", false);
        JsonNode whole = json(wire.post("/api/chat", request.toString()));
        request.putObject("options").put("num_predict", 12);
        JsonNode cut = json(wire.post("/api/chat", request.toString()));

        assertThat(cut.get("done_reason").textValue()).isEqualTo("length");
        assertThat(cut.get("eval_count").intValue()).isBetween(6, 12);
        assertThat(whole.at("/message/content").textValue())
                .startsWith(cut.at("/message/content").textValue());
    }

    @Test
    void answersTheLastMessageOfTheUser() throws Exception {
        ObjectNode request = chat().put("stream", false);
        request.withArray("messages").addObject().put("role", "user").put("content", Notes.prompt("Why?"));
        request.withArray("messages").addObject().put("role", "assistant").put("content", "Because.");

        assertThat(json(wire.post("/api/chat", request.toString()))
                        .at("/message/content")
                        .textValue())
                .isEqualTo(Prompt.NO_ANSWER);
    }

    @Test
    void loadsAndUnloadsWithoutAQuestion() throws Exception {
        JsonNode loaded = json(wire.post("/api/chat", "{\"model\": \"extractive\", \"messages\": []}"));
        JsonNode unloaded = json(wire.post("/api/generate", "{\"model\": \"extractive\", \"keep_alive\": 0}"));

        assertThat(loaded.get("done_reason").textValue()).isEqualTo("load");
        assertThat(loaded.at("/message/content").textValue()).isEmpty();
        assertThat(unloaded.get("done_reason").textValue()).isEqualTo("unload");
        assertThat(unloaded.get("response").textValue()).isEmpty();
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
}
