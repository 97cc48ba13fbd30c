package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.document.Document;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.Search;
import dev.tarn.json.Json;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.UnifiedJedis;

/**
 * Whatever a filter holds, it finds the documents that its contract says, and nothing that it holds is ever taken for syntax.
 * One index for all tests; each has a collection of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FilterContract {
    private static final long SEED = new Random().nextLong();
    private static final int TREES = 150;
    private static final int DOCUMENTS = 30;

    /** Attempts in one collection, so that searches stay small. */
    private static final int COMPANY = 8;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Random random = new Random(SEED);
    private final Map<String, Map<String, JsonNode>> collections = new LinkedHashMap<>();
    private final RandomFilters filters = new RandomFilters(random);
    private UnifiedJedis client;
    private RedisIndex index;

    /** Where the server is. */
    protected abstract RedisSettings redis();

    /** The engine under test. */
    protected abstract EngineSettings.Kind engine();

    /** Removes all that earlier tests have left. */
    protected abstract void empty(UnifiedJedis client);

    /** Makes the index, and declares those numbers that have to be in the schema, which takes some names only. */
    @BeforeAll
    void open() {
        client = RedisClients.open(redis());
        empty(client);
        EngineSettings engine = new EngineSettings(engine(), 1, HnswSettings.DEFAULT);
        index = RedisIndex.openForWriting(
                redis(), new IndexSettings(WatchedIndex.SETTINGS.model(), WatchedIndex.SETTINGS.chunking(), engine));
        filters.ofEveryKind().forEach(metadata -> add("kinds", metadata));
        add("kinds", object("n", NODES.numberNode(1)));
    }

    @AfterAll
    void close() {
        index.close();
        client.close();
    }

    @Test
    void noTextIsEverSyntax() throws IOException {
        List<String> texts = new ArrayList<>();
        attempts().get("texts").forEach(text -> texts.add(text.textValue()));
        texts.addAll(List.of("x".repeat(5_000), "}|{".repeat(2_000), "\u0000".repeat(600), "字".repeat(200)));
        for (int from = 0; from < texts.size(); from += COMPANY) {
            assertNoneIsSyntax("texts-" + from, texts.subList(from, Math.min(texts.size(), from + COMPANY)));
        }
    }

    private void assertNoneIsSyntax(String collection, List<String> texts) {
        add(
                collection,
                object("value", text("plain")).set("list", NODES.arrayNode().add("plain")));
        for (String attempt : texts) {
            ObjectNode metadata = object("value", text(attempt));
            metadata.set("list", NODES.arrayNode().add("x").add(attempt));
            metadata.set(attempt, text(attempt));
            add(collection, metadata);
        }
        for (String attempt : texts) {
            JsonNode value = object("value", text(attempt));
            JsonNode listed = object("list", NODES.arrayNode().add(attempt).add("plain"));
            assertFindsWhatPasses(collection, value);
            assertFindsWhatPasses(collection, object("$not", value));
            assertFindsWhatPasses(
                    collection,
                    object("$or", NODES.arrayNode().add(listed).add(object(written(attempt), text(attempt)))));
        }
    }

    @Test
    void noQuestionIsEverSyntax() throws IOException {
        add("questions", object("asked", NODES.numberNode(1)));
        add("questions", object("asked", NODES.numberNode(2)));
        add("other-questions", object("asked", NODES.numberNode(1)));
        Filter first = Json.readOwn("{\"asked\": 1}", Filter.class);

        for (JsonNode attempt : attempts().get("texts")) {
            Search search = new Search("questions", Deliveries.vector("any"), 1, -2, first, attempt.textValue());
            assertThat(index.candidates(search, 1, 0))
                    .as(attempt.textValue())
                    .extracting(candidate -> candidate.passage().documentId())
                    .containsExactly("questions-0");
        }
    }

    @Test
    void noNameOfANumberIsEverSyntax() throws IOException {
        List<String> names = new ArrayList<>();
        attempts().get("texts").forEach(text -> names.add(text.textValue()));
        for (int i = 0; i < names.size(); i++) {
            add("names-" + i / COMPANY, object(names.get(i), NODES.numberNode(i)));
        }

        for (int i = 0; i < names.size(); i++) {
            ObjectNode range = NODES.objectNode().put("min", i).put("max", i);
            JsonNode inRange = object(written(names.get(i)), range);
            assertFindsWhatPasses("names-" + i / COMPANY, inRange);
            if (i % 4 == 0) {
                assertFindsWhatPasses("names-" + i / COMPANY, object("$not", inRange));
            }
        }
    }

    @Test
    void everyNumberIsComparedAsItIsWritten() throws IOException {
        JsonNode numbers = attempts().get("numbers");
        numbers.forEach(number -> add("numbers", object("n", number)));
        add("numbers", object("n", text("1")));

        for (JsonNode number : numbers) {
            for (JsonNode wanted : List.of(number, object("min", number), object("max", number))) {
                assertFindsWhatPasses("numbers", object("n", wanted));
                assertFindsWhatPasses("numbers", object("$not", object("n", wanted)));
            }
        }
    }

    @Test
    void everyTreeFindsWhatItSays() {
        for (int i = 0; i < DOCUMENTS; i++) {
            add("trees", filters.metadata());
        }

        int found = 0;
        for (int i = 0; i < TREES; i++) {
            found += assertFindsWhatPasses("trees", filters.filter(3)) > 0 ? 1 : 0;
        }
        assertThat(found).as("seed %d: filters that something passes", SEED).isBetween(TREES / 5, TREES);
    }

    @Test
    void aFieldThatNoDocumentHadIsRefusedAndSoIsAKindThatItNeverHeld() {
        add("fields", object("course-of-fields", text("ds4300")).put("week-of-fields", 3));
        add("fields", object("draft-of-fields", NODES.booleanNode(true)).put("mixed-of-fields", 1));
        add("fields", object("mixed-of-fields", text("one")));

        String unknown = "the filter asks for a metadata field that no document ever had: ";
        assertRefused("{\"cuorse-of-fields\": \"ds4300\"}", unknown + "cuorse-of-fields");
        assertRefused("{\"$or\": [{\"week-of-fields\": 3}, {\"$not\": {\"w\\u0000k\": 1}}]}", unknown + "w k");
        assertRefused(
                "{\"course-of-fields\": {\"min\": 1}}",
                "the filter compares with a number a metadata field that never held such: course-of-fields");
        assertRefused(
                "{\"week-of-fields\": \"3\"}",
                "the filter compares with text a metadata field that never held such: week-of-fields");
        assertRefused(
                "{\"mixed-of-fields\": true}",
                "the filter compares with a boolean a metadata field that never held such: mixed-of-fields");
        assertThat(search("fields", "{\"mixed-of-fields\": [\"one\", \"1\"]}")).containsExactly("fields-2");
        assertThat(search("fields", "{\"mixed-of-fields\": {\"min\": 1}}")).containsExactly("fields-1");
        assertThat(search("fields", "{\"$not\": {\"draft-of-fields\": false}}")).hasSize(3);
    }

    private void assertRefused(String filter, String reason) {
        assertThatThrownBy(() -> search("fields", filter))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage(reason);
    }

    /** Asserts that a search finds what passes, and returns how many documents that are. */
    private int assertFindsWhatPasses(String collection, JsonNode filter) {
        List<String> passing = collections.get(collection).entrySet().stream()
                .filter(document -> FilterOracle.passes(filter, document.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(search(collection, filter.toString()))
                .as("seed %d, filter %s", SEED, filter)
                .containsExactlyInAnyOrderElementsOf(passing);
        return passing.size();
    }

    private List<String> search(String collection, String filter) {
        Filter read = Json.readOwn(filter, Filter.class);
        Search search = new Search(collection, Deliveries.vector("any"), 1_000, -2, read);
        return index.search(search).stream().map(Passage::documentId).toList();
    }

    private void add(String collection, JsonNode metadata) {
        Map<String, JsonNode> documents = collections.computeIfAbsent(collection, name -> new LinkedHashMap<>());
        String id = collection + "-" + documents.size();
        documents.put(id, metadata);
        String json = object("id", text(id))
                .put("collection", collection)
                .set("metadata", metadata)
                .toString();
        Deliveries.deliver(index, chunked(at(documents.size()), Json.readOwn(json, Document.class), id));
    }

    private static String written(String name) {
        return Stream.of("and", "or", "not").anyMatch(operator -> name.matches("\\$+" + operator)) ? "$" + name : name;
    }

    private static ObjectNode object(String name, JsonNode value) {
        return NODES.objectNode().set(name, value);
    }

    private static JsonNode text(String text) {
        return NODES.textNode(text);
    }

    private static JsonNode attempts() throws IOException {
        try (InputStream file = FilterContract.class.getResourceAsStream("/filters/attempts.json")) {
            JsonNode attempts = JSON.readTree(file);
            assertThat(StreamSupport.stream(attempts.get("texts").spliterator(), false))
                    .hasSizeGreaterThan(100);
            return attempts;
        }
    }
}
