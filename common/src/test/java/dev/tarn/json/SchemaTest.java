package dev.tarn.json;

import static dev.tarn.json.Schemas.assertInvalid;
import static dev.tarn.json.Schemas.assertValid;
import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import dev.tarn.deadletter.DeadLetter;
import dev.tarn.document.Document;
import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.Receipt;
import dev.tarn.question.Answer;
import dev.tarn.question.Filter;
import dev.tarn.question.Legs;
import dev.tarn.question.Passage;
import dev.tarn.question.Question;
import dev.tarn.source.SourceHeader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas and the records say the same. */
class SchemaTest {
    private static final Legs LEGS =
            new Legs(new Legs.Leg(1, 0.83), new Legs.Leg(4, 6.2), new Legs.Leg(1, 0.031), new Legs.Leg(1, 0.7));
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Document DOCUMENT = new Document(
            "a",
            "Title",
            "text",
            "text/plain",
            "https://example.org",
            "default",
            7L,
            Map.of("a", MetadataValue.of("b")));
    private static final Question QUESTION =
            new Question("q", "Why?", "default", 4, Filter.of(Map.of("a", MetadataValue.of("b"))), 0.3);

    private final ObjectMapper json = new ObjectMapper();

    static List<String> names() {
        return Schemas.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachSchemaIsASchema(String name) {
        assertThat(Schemas.ofSchemas().validate(Schemas.text(name), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFieldIsDescribedAndMoreAreAllowed(String name) throws Exception {
        assertDescribed(name, json.readTree(Schemas.text(name)));
    }

    @Test
    void theFieldsOfARecordAreTheFieldsOfItsSchema() throws Exception {
        assertSameFields("document", DOCUMENT, "");
        assertSameFields("question", QUESTION, "");
        Answer answer = answer(Answer.Status.ANSWERED);
        assertSameFields("answer", answer, "");
        Passage source = answer.sources().get(0);
        assertSameFields("answer", source, "/properties/sources/items");
        assertSameFields("answer", source.legs(), "/properties/sources/items/properties/legs");
        for (String leg : fields("answer", "/properties/sources/items/properties/legs")) {
            assertSameFields(
                    "answer", source.legs().words(), "/properties/sources/items/properties/legs/properties/" + leg);
        }
        assertSameFields("answer", answer.statements().get(0), "/properties/statements/items");
        assertSameFields("answer", answer.timings(), "/properties/timings");
        assertSameFields("answer", answer.tokens(), "/properties/tokens");
        Receipt receipt = receipt(Receipt.Action.INDEXED);
        assertSameFields("receipt", receipt, "");
        assertSameFields("receipt", receipt.source(), "/properties/source");
    }

    @Test
    void theHeadersOfADeadLetterAreTheFieldsOfTheirSchema() throws Exception {
        Map<String, String> headers = headers(
                DeadLetter.of(record(at(1), "a", "{}"), "parse", new PermanentFailure("the document has no text")));

        assertThat(headers.keySet()).isEqualTo(fields("dead-letter-headers", ""));
        assertThat(headers.keySet()).isEqualTo(required("dead-letter-headers", ""));
        assertValid("dead-letter-headers", json.writeValueAsString(headers));
        assertInvalid("dead-letter-headers", "{\"tarn-error-stage\": \"parse\"}");
    }

    @Test
    void everyStatusAndEveryActionIsInItsSchema() throws Exception {
        assertThat(texts("answer", "/properties/status/enum"))
                .isEqualTo(written(Answer.Status.values()))
                .containsExactlyInAnyOrder("answered", "no_answer", "failed");
        assertThat(texts("receipt", "/properties/action/enum"))
                .isEqualTo(written(Receipt.Action.values()))
                .containsExactlyInAnyOrder("indexed", "deleted", "unchanged", "superseded");
    }

    static Stream<Answer> answers() {
        return Stream.concat(
                Arrays.stream(Answer.Status.values()).map(SchemaTest::answer),
                Stream.of(
                        Answer.failed(QUESTION, null, "all-minilm", "embed: the text is too long", NOON),
                        Answer.failed(QUESTION, "llama3.2", "all-minilm", "answer: it refuses the prompt", NOON),
                        new Answer(
                                "q",
                                "Why?",
                                Answer.Status.NO_ANSWER,
                                null,
                                List.of(),
                                null,
                                List.of(),
                                null,
                                "all-minilm",
                                null,
                                new Answer.Timings(9, 3, 0, 0, 12),
                                null,
                                NOON),
                        new Answer(
                                "q",
                                "Why?",
                                Answer.Status.ANSWERED,
                                "So. [1] Or not.",
                                List.of(
                                        new Answer.Statement("So.", List.of(1), -0.1, false),
                                        new Answer.Statement("Or not.", List.of(), null, false)),
                                -0.1,
                                List.of(new Passage(1, "a", null, "chunk", null, null, -0.1, "text")),
                                "llama3.2",
                                "all-minilm",
                                null,
                                new Answer.Timings(9, 3, 812, 4, 828),
                                new Answer.Tokens(null, null),
                                NOON.plusNanos(1))));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyAnswerIsValid(Answer answer) {
        assertValid("answer", text(answer));
    }

    static Stream<Receipt> receipts() {
        return Stream.concat(
                Arrays.stream(Receipt.Action.values()).map(SchemaTest::receipt),
                Stream.of(new Receipt(
                        "a",
                        null,
                        null,
                        Receipt.Action.DELETED,
                        0,
                        0,
                        0,
                        2,
                        new Receipt.Source("documents", "generation-1", 0, 0),
                        NOON,
                        NOON)));
    }

    @Test
    void aRankingThatHadNoPartIsLeftOut() {
        Passage passage = new Passage(1, "a", 7L, "chunk", null, null, 0.5, "text").chosen(1, Legs.dense(2, 0.5));

        assertThat(text(passage)).contains("\"legs\":{\"dense\":{\"rank\":2,\"score\":0.5}}");
        assertThat(text(passage.chosen(1, null))).doesNotContain("legs", "chunks", "alone");
    }

    @ParameterizedTest
    @MethodSource("receipts")
    void everyReceiptIsValid(Receipt receipt) {
        assertValid("receipt", text(receipt));
    }

    @Test
    void anAnswerOrAReceiptHasAllItsFields() throws Exception {
        assertThat(required("answer", "")).isEqualTo(fields("answer", ""));
        Set<String> ofEachSource = fields("answer", "/properties/sources/items");
        ofEachSource.removeAll(Set.of("legs", "chunks"));
        assertThat(required("answer", "/properties/sources/items")).isEqualTo(ofEachSource);
        assertThat(required("answer", "/properties/statements/items"))
                .isEqualTo(fields("answer", "/properties/statements/items"));
        assertThat(required("answer", "/properties/timings")).isEqualTo(fields("answer", "/properties/timings"));
        assertThat(required("answer", "/properties/tokens")).isEqualTo(fields("answer", "/properties/tokens"));
        assertThat(required("receipt", "")).isEqualTo(fields("receipt", ""));
        assertThat(required("receipt", "/properties/source")).isEqualTo(fields("receipt", "/properties/source"));
    }

    @Test
    void anAnswerThatContradictsItselfIsInvalid() {
        String answered = text(answer(Answer.Status.ANSWERED));
        String failed = text(answer(Answer.Status.FAILED));

        assertInvalid("answer", answered.replace("\"So. [1]\"", "null"));
        assertInvalid("answer", failed.replace("\"the model answered nothing\"", "null"));
        assertInvalid("answer", answered.replace("\"answered\"", "\"ANSWERED\""));
        assertInvalid("answer", answered.replace("2026-11-22T12:00:00Z", "yesterday"));
    }

    private static Answer answer(Answer.Status status) {
        boolean failed = status == Answer.Status.FAILED;
        return new Answer(
                "q",
                "Why?",
                status,
                failed ? null : "So. [1]",
                List.of(new Answer.Statement("So.", List.of(1), 0.9, true)),
                0.9,
                List.of(new Passage(
                        1,
                        "a",
                        7L,
                        "chunk",
                        "Title",
                        "https://example.org",
                        0.83,
                        "text",
                        LEGS,
                        List.of("before", "chunk"),
                        "text")),
                "llama3.2",
                "all-minilm",
                failed ? "the model answered nothing" : null,
                new Answer.Timings(9, 3, 812, 4, 828),
                new Answer.Tokens(611, 143),
                NOON);
    }

    private static Receipt receipt(Receipt.Action action) {
        return new Receipt(
                "a",
                "default",
                7L,
                action,
                3,
                1,
                2,
                1,
                new Receipt.Source("documents", "generation-1", 0, 42),
                NOON,
                NOON.plusMillis(5));
    }

    private static Map<String, String> headers(DeadLetter letter) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (SourceHeader header : letter.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    private void assertSameFields(String schema, Object record, String place) throws Exception {
        Set<String> written = new TreeSet<>();
        json.readTree(Json.write(record)).fieldNames().forEachRemaining(written::add);
        assertThat(written).as("%s%s", schema, place).isEqualTo(fields(schema, place));
    }

    private Set<String> fields(String schema, String place) throws Exception {
        Set<String> fields = new TreeSet<>();
        json.readTree(Schemas.text(schema))
                .at(place + "/properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        return fields;
    }

    private Set<String> required(String schema, String place) throws Exception {
        return texts(schema, place + "/required");
    }

    private Set<String> texts(String schema, String place) throws Exception {
        Set<String> texts = new TreeSet<>();
        json.readTree(Schemas.text(schema)).at(place).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private Set<String> written(Object[] constants) throws Exception {
        Set<String> written = new TreeSet<>();
        for (Object constant : constants) {
            written.add(json.readTree(Json.write(constant)).asText());
        }
        return written;
    }

    private static void assertDescribed(String place, JsonNode schema) {
        assertThat(schema.path("additionalProperties").isBoolean()).as(place).isFalse();
        schema.path("properties").properties().forEach(field -> {
            assertThat(field.getValue().path("description").asText())
                    .as("%s/%s", place, field.getKey())
                    .isNotBlank();
            assertDescribed(place + "/" + field.getKey(), field.getValue());
        });
        if (schema.has("items")) {
            assertDescribed(place + "[]", schema.path("items"));
        }
    }

    private static String text(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }
}
