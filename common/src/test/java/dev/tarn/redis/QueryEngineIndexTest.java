package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.document.MetadataValue;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.Search;
import dev.tarn.json.Json;
import dev.tarn.question.Condition;
import dev.tarn.question.Filter;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.schemafields.VectorField;

@SearchServer.Given
class QueryEngineIndexTest extends RedisIndexContract {
    private static final String FIELD = "number_n_20n";

    @Override
    protected RedisSettings redis() {
        return SearchServer.settings();
    }

    @Override
    protected EngineSettings engine() {
        return new EngineSettings(EngineSettings.Kind.QUERY_ENGINE, 1, HnswSettings.DEFAULT);
    }

    @Override
    protected void empty(UnifiedJedis client) {
        SearchServer.empty(client);
    }

    @Override
    protected long vectors(UnifiedJedis client) {
        return client.ftSearch("tarn", "*", FTSearchParams.searchParams().limit(0, 0))
                .getTotalResults();
    }

    @Test
    void anAliasStandsInFrontOfTheIndex() {
        assertThat(client().ftList()).contains("tarn:1").doesNotContain("tarn");
        assertThat(client().ftInfo("tarn").get("index_name")).isEqualTo("tarn:1");
    }

    @Test
    void aHashThatTheServerDoesNotIndexIsAnErrorAndLeavesNothing() {
        putBehindTheAlias(DIMENSION / 2);

        assertThatThrownBy(() -> deliver(chunked(at(1), document("a"), "one", "two")))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("did not index")
                .hasMessageContaining("expected size");
        assertThat(stored()).isEqualTo(new Stored(0, 0, 0));
    }

    @Test
    void anIndexBehindTheAliasThatTakesOtherVectorsStopsTheJob() {
        putBehindTheAlias(DIMENSION / 2);

        assertThatThrownBy(() ->
                        RedisIndex.openForWriting(redis(), settings(engine())).close())
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("takes vectors of 8 dimensions, but the model has 16");
    }

    @Test
    void anIndexThatIsGoneIsMadeAgainWithAllThatItHeld() {
        deliver(chunked(at(1), document("a"), "one"));
        client().ftDropIndex("tarn:1");

        assertThat(everything()).isEmpty();
        assertThatThrownBy(() -> deliver(chunked(at(2), document("b"), "two"))).isInstanceOf(TransientFailure.class);
        deliver(chunked(at(2), document("b"), "two"));

        await().untilAsserted(() -> assertThat(everything()).containsExactlyInAnyOrder("one", "two"));
        assertThat(stored()).isEqualTo(new Stored(2, 2, 0));
    }

    @Test
    void aNumberIsANumericFieldThatTheServerSearchesBy() {
        for (int i = 0; i < 20; i++) {
            deliver(chunked(at(i), document("doc-" + i, "default", null, number(Integer.toString(i))), "text " + i));
        }

        assertThat(numericFields()).containsExactlyInAnyOrder("index", FIELD);
        assertThat(nearest(Condition.between(BigDecimal.valueOf(3), BigDecimal.valueOf(5))))
                .containsExactlyInAnyOrder("doc-3", "doc-4", "doc-5");
        assertThat(nearest(Condition.between(BigDecimal.valueOf(18), null)))
                .containsExactlyInAnyOrder("doc-18", "doc-19");
        assertThat(nearest(Condition.of(MetadataValue.of(BigDecimal.TEN)))).containsExactly("doc-10");
    }

    @Test
    void aTreeIsSearchedByOnTheServer() {
        for (int i = 0; i < 8; i++) {
            Map<String, MetadataValue> metadata = new HashMap<>(number(Integer.toString(i)));
            metadata.put("topic", MetadataValue.of(i % 2 == 0 ? "even" : "odd"));
            if (i < 4) {
                metadata.put("draft", MetadataValue.of(i == 0));
            }
            deliver(chunked(at(i), document("doc-" + i, "default", null, metadata), "text " + i));
        }

        assertThat(nearest("{\"$or\": [{\"topic\": \"odd\", \"n n\": {\"max\": 4}}, {\"n n\": 6}]}"))
                .containsExactlyInAnyOrder("doc-1", "doc-3", "doc-6");
        assertThat(nearest("{\"topic\": \"even\", \"$not\": {\"draft\": true}}"))
                .containsExactlyInAnyOrder("doc-2", "doc-4", "doc-6");
        assertThat(nearest("{\"$not\": {\"$or\": [{\"topic\": [\"odd\"]}, {\"n n\": {\"max\": 2.5}}]}}"))
                .containsExactlyInAnyOrder("doc-4", "doc-6");
        assertThat(nearest("{\"$not\": {}}")).isEmpty();
        assertThat(nearest("{\"$not\": {\"n n\": {\"max\": 6}}}"))
                .as("6 itself may stand for a number a little above it")
                .containsExactlyInAnyOrder("doc-6", "doc-7");
    }

    @Test
    void aNumberThatIsGoneLeavesThePayload() {
        deliver(chunked(at(1), document("a", "default", null, number("1")), "one"));
        deliver(chunked(at(2), document("a", "default", null, Map.of("m", MetadataValue.of(BigDecimal.ONE))), "one"));

        assertThat(client().hkeys(keys("tarn:*:chunk:*").get(0)))
                .contains("number_m", "text", "vector")
                .doesNotContain(FIELD);
        assertThat(nearest(Condition.between(BigDecimal.ONE, null))).isEmpty();
    }

    @Test
    void aNumberWhoseNameIsOneTooManyIsFoundWithoutTheServersHelp() {
        IntStream.range(0, MetadataNumbers.MOST).forEach(i -> client().sadd("tarn:numbers", "number_" + i));

        deliver(chunked(at(1), document("a", "default", null, number("1")), "one"));
        deliver(chunked(at(2), document("b", "default", null, number("2")), "two"));

        assertThat(numericFields()).containsExactly("index");
        assertThat(inRange("2", null)).containsExactly("b");
        assertThat(nearest(Condition.between(BigDecimal.valueOf(2), null))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void twoWritersMayAddTheSameName() {
        assertThat(SearchIndex.addNumber(client(), FIELD)).isEqualTo(1);
        client().del("tarn:numbers");

        assertThat(SearchIndex.addNumber(client(), FIELD)).isEqualTo(1);
        assertThat(SearchIndex.addNumber(client(), FIELD)).isZero();
        assertThat(numericFields()).containsExactlyInAnyOrder("index", FIELD);
    }

    @Test
    void anIndexThatIsMadeAgainHasTheNumericFieldsOfTheOneBefore() {
        deliver(chunked(at(1), document("a", "default", null, number("1")), "one"));
        client().ftDropIndex("tarn:1");

        RedisIndex.openForWriting(redis(), settings(engine())).close();

        await().untilAsserted(() ->
                assertThat(nearest(Condition.between(null, BigDecimal.ONE))).containsExactly("a"));
        assertThat(inRange("0", "1")).containsExactly("a");
    }

    @Test
    void anIndexBehindTheAliasIsGivenTheNumericFieldsThatItLacks() {
        deliver(chunked(at(1), document("a", "default", null, number("1")), "one"));
        putBehindTheAlias(DIMENSION);

        RedisIndex.openForWriting(redis(), settings(engine())).close();

        assertThat(numericFields()).contains(FIELD);
    }

    @Test
    void aWriterAddsItsNamesAgainToAnIndexThatAnotherHasMadeAgain() {
        deliver(chunked(at(1), document("a", "default", null, number("1")), "one"));
        empty(client());
        RedisIndex.openForWriting(redis(), settings(engine())).close();
        assertThat(numericFields()).containsExactly("index");

        deliver(chunked(at(2), document("b", "default", null, number("2")), "two"));

        assertThat(nearest(Condition.between(BigDecimal.ONE, null))).containsExactly("b");
    }

    private Set<String> numericFields() {
        return ((List<?>) client().ftInfo("tarn").get("attributes"))
                .stream()
                        .map(field -> (Map<?, ?>) field)
                        .filter(field -> "NUMERIC".equals(field.get("type")))
                        .map(field -> String.valueOf(field.get("attribute")))
                        .collect(Collectors.toSet());
    }

    /** What the server lets pass, before the manifests are asked. */
    private List<String> nearest(Condition number) {
        return nearest(Json.writeCompact(Map.of("n n", number)));
    }

    private List<String> nearest(String filter) {
        return new QueryEngine(client(), DIMENSION, HnswSettings.DEFAULT)
                        .find(new Search("default", vector("any"), 1, -1, Json.readOwn(filter, Filter.class)), 100)
                        .nearest()
                        .stream()
                        .map(VectorEngine.Neighbor::encodedId)
                        .toList();
    }

    private void putBehindTheAlias(int dimension) {
        client().ftDropIndex("tarn:1");
        client().ftCreate(
                        "tarn:2",
                        FTCreateParams.createParams().prefix("tarn:{").filter("exists(@vector)"),
                        List.of(VectorField.builder()
                                .fieldName("vector")
                                .algorithm(VectorField.VectorAlgorithm.HNSW)
                                .attributes(Map.of("TYPE", "FLOAT32", "DIM", dimension, "DISTANCE_METRIC", "COSINE"))
                                .build()));
        client().ftAliasAdd("tarn", "tarn:2");
        await().untilAsserted(() ->
                assertThat(client().ftInfo("tarn").get("indexing")).hasToString("0"));
    }
}
