package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.schemafields.VectorField;

/** Runs on a server that is given; its keys {@code tarn:*} and indexes {@code tarn*} are removed. */
@EnabledIfEnvironmentVariable(
        named = "TARN_TEST_SEARCH_REDIS",
        matches = "redis://.+",
        disabledReason = "TARN_TEST_SEARCH_REDIS names no Redis with the query engine, such as the image redis:8 is")
class QueryEngineIndexTest extends RedisIndexContract {

    @Override
    protected RedisSettings redis() {
        return RedisSettings.of(URI.create(System.getenv("TARN_TEST_SEARCH_REDIS")));
    }

    @Override
    protected EngineSettings engine() {
        return new EngineSettings(EngineSettings.Kind.QUERY_ENGINE, 1, HnswSettings.DEFAULT);
    }

    @Override
    protected void empty(UnifiedJedis client) {
        client.ftList().stream().filter(name -> name.startsWith("tarn")).forEach(client::ftDropIndex);
        keys("tarn:*").forEach(client::del);
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
    }
}
