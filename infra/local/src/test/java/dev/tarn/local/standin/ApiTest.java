package dev.tarn.local.standin;

import static dev.tarn.local.standin.Wire.assertError;
import static dev.tarn.local.standin.Wire.json;
import static dev.tarn.local.standin.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire format of what tells about the models, and of errors, as {@code docs/api.md} of Ollama has it. */
class ApiTest {
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
    void saysThatItRuns() throws Exception {
        assertThat(wire.get("/").body()).isEqualTo("Ollama is running");
        assertThat(json(wire.get("/api/version")).get("version").textValue()).isEqualTo(Api.VERSION);
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpRequest head =
                wire.request("/").method("HEAD", BodyPublishers.noBody()).build();

        HttpResponse<String> response = wire.send(head);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void listsBothModels() throws Exception {
        JsonNode models = json(wire.get("/api/tags")).get("models");

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
        JsonNode shown = json(wire.post("/api/show", "{\"model\": \"all-minilm\"}"));

        assertThat(shown.at("/model_info/general.architecture").textValue()).isEqualTo("bert");
        assertThat(shown.at("/model_info/bert.embedding_length").intValue()).isEqualTo(384);
        assertThat(shown.at("/model_info/bert.context_length").intValue()).isEqualTo(256);
        assertThat(shown.at("/capabilities/0").textValue()).isEqualTo("embedding");
        assertThat(json(wire.post("/api/show", "{\"name\": \"extractive:latest\"}"))
                        .at("/capabilities/0")
                        .textValue())
                .isEqualTo("completion");
    }

    @Test
    void pullsOnlyWhatItHas() throws Exception {
        assertThat(lines(wire.post("/api/pull", "{\"model\": \"all-minilm\"}")))
                .extracting(line -> line.get("status").textValue())
                .containsExactly("pulling manifest", "success");
        assertThat(wire.post("/api/pull", "{\"model\": \"all-minilm\", \"stream\": false}")
                        .body())
                .isEqualTo("{\"status\":\"success\"}");
        assertThat(lines(wire.post("/api/pull", "{\"model\": \"llama3.2\"}")))
                .last()
                .hasToString("{\"error\":\"pull model manifest: file does not exist\"}");
        assertError(
                wire.post("/api/pull", "{\"model\": \"llama3.2\", \"stream\": false}"),
                500,
                "pull model manifest: file does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/show", "/api/embed", "/api/chat", "/api/generate"})
    void saysWhichModelIsMissing(String path) throws Exception {
        assertError(
                wire.post(path, "{\"model\": \"llama3.2\"}"),
                404,
                "model \"llama3.2\" not found, try pulling it first");
        assertError(wire.post(path, "{}"), 400, "model is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/show", "/api/pull", "/api/embed", "/api/chat", "/api/generate"})
    void refusesWhatIsNotJson(String path) throws Exception {
        assertError(wire.post(path, ""), 400, "missing request body");
        assertThat(wire.post(path, "{\"model\":").statusCode()).isEqualTo(400);
        assertThat(wire.post(path, "[1]").statusCode()).isEqualTo(400);
        assertThat(wire.post(path, "null").statusCode()).isEqualTo(400);
        assertThat(json(wire.post(path, "hello")).get("error").textValue()).isNotBlank();
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
        assertError(wire.post(path, body.replace('\'', '"')), 400, error.replace('\'', '"'));
    }

    @Test
    void tellsAnUnknownPathFromAWrongMethod() throws Exception {
        assertThat(wire.get("/api/unknown").statusCode()).isEqualTo(404);
        assertThat(wire.post("/", "{}").statusCode()).isEqualTo(405);
        assertThat(wire.get("/api/chat").statusCode()).isEqualTo(405);
    }
}
