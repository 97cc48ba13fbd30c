package dev.tarn.local.standin;

import static dev.tarn.local.standin.Wire.assertError;
import static dev.tarn.local.standin.Wire.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire format of {@code /api/embed}. */
class EmbedApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

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

    @ParameterizedTest
    @ValueSource(strings = {"all-minilm", "all-minilm:latest"})
    void embedsOneText(String model) throws Exception {
        JsonNode reply = json(wire.post("/api/embed", "{\"model\": \"%s\", \"input\": \"a tree\"}".formatted(model)));

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
        JsonNode both = json(wire.post("/api/embed", "{\"model\": \"all-minilm\", \"input\": [\"a tree\", \"\"]}"));
        JsonNode tree = json(wire.post("/api/embed", "{\"model\": \"all-minilm\", \"input\": [\"a tree\"]}"));

        assertThat(both.get("embeddings")).hasSize(2);
        assertThat(both.get("embeddings").get(0))
                .isEqualTo(tree.get("embeddings").get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "[]", "null"})
    void embedsNothingForNothing(String input) throws Exception {
        assertThat(wire.post("/api/embed", "{\"model\": \"all-minilm\", \"input\": %s}".formatted(input))
                        .body())
                .isEqualTo("{\"model\":\"all-minilm\",\"embeddings\":[]}");
    }

    @Test
    void cutsWhatIsTooLongUnlessToldNotTo() throws Exception {
        ObjectNode request = JSON.createObjectNode().put("model", "all-minilm").put("input", "tree ".repeat(1_000));

        assertThat(json(wire.post("/api/embed", request.toString()))
                        .get("prompt_eval_count")
                        .intValue())
                .isEqualTo(256);
        request.put("truncate", false);
        assertError(wire.post("/api/embed", request.toString()), 400, "the input length exceeds the context length");
        request.put("input", "tree ".repeat(254));
        assertThat(wire.post("/api/embed", request.toString()).statusCode()).isEqualTo(200);
    }
}
