package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.index.IndexSize;
import dev.tarn.index.IndexSpec;
import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.index.VectorIndexContract;
import dev.tarn.json.Json;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.question.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;

/** What every engine in Redis must do, on one server and on a cluster. */
abstract class RedisIndexContract extends VectorIndexContract {
    protected static final EmbeddingModelInfo MODEL = new EmbeddingModelInfo("test", "sha256:1", DIMENSION);

    private UnifiedJedis client;

    /** Where the server is. */
    protected abstract RedisSettings redis();

    /** The engine under test. */
    protected abstract EngineSettings engine();

    /** Removes all that earlier tests have left. */
    protected abstract void empty(UnifiedJedis client);

    /** Counts vectors without Tarn's own code. */
    protected abstract long vectors(UnifiedJedis client);

    @Override
    protected VectorIndex openEmpty() {
        client = RedisClients.open(redis());
        empty(client);
        return RedisIndex.openForWriting(redis(), settings(engine()));
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Override
    protected Stored stored() {
        long garbage = keys("tarn:*:manifest").stream()
                .flatMap(manifest -> client.hkeys(manifest).stream())
                .filter(field -> field.startsWith("g:"))
                .count();
        return new Stored(keys("tarn:*:chunk:*").size(), vectors(client), garbage);
    }

    protected final UnifiedJedis client() {
        return client;
    }

    protected final List<String> keys(String pattern) {
        List<String> keys = new ArrayList<>();
        ScanIteration pages = client.scanIteration(1_000, pattern);
        while (!pages.isIterationCompleted()) {
            keys.addAll(pages.nextBatch().getResult());
        }
        return keys;
    }

    protected static IndexSettings settings(EngineSettings engine) {
        return new IndexSettings(MODEL, ChunkingSettings.DEFAULT, engine);
    }

    @Test
    void theEngineTellsWhatItHolds() {
        deliver(chunked(at(1), document("a b"), "one", "two"));
        deliver(chunked(at(2), document("c", "other", null, Map.of()), "three"));

        VectorEngine engine = Engines.open(client, StoredSpec.read(client), HnswSettings.DEFAULT);

        assertThat(engine.collections()).containsExactlyInAnyOrder("default", "other");
        assertThat(engine.count("default")).isEqualTo(2);
        assertThat(engine.count("unknown")).isZero();
        List<VectorEngine.Member> members = new ArrayList<>();
        engine.members("default", members::addAll);
        engine.members("unknown", members::addAll);
        assertThat(members).hasSize(2);
        assertThat(members)
                .extracting(VectorEngine.Member::encodedId)
                .containsExactly(Keys.encode("a b"), Keys.encode("a b"));
        assertThat(members).extracting(member -> Keys.hashOf(member.element())).containsExactlyInAnyOrder("one", "two");
        assertThat(contains(engine, "default", members)).containsExactly(true, true);
        assertThat(contains(engine, "other", members)).containsExactly(false, false);
        assertThat(contains(engine, "default", List.of(new VectorEngine.Member("a", "nothing"))))
                .containsExactly(false);
    }

    private List<Boolean> contains(VectorEngine engine, String collection, List<VectorEngine.Member> members) {
        List<Supplier<Boolean>> found = new ArrayList<>();
        try (AbstractPipeline pipeline = client.pipelined()) {
            members.forEach(member -> found.add(engine.contains(pipeline, collection, member)));
        }
        return found.stream().map(Supplier::get).toList();
    }

    @Test
    void anIndexMadeOtherwiseStopsTheJobWithEveryDifferenceAndTheRemedy() {
        HnswSettings hnsw = engine().hnsw();
        EngineSettings.Kind kind = engine().kind();
        EngineSettings.Kind otherKind = kind == EngineSettings.Kind.VECTOR_SET
                ? EngineSettings.Kind.QUERY_ENGINE
                : EngineSettings.Kind.VECTOR_SET;
        int shards = engine().shards();
        HnswSettings otherGraph = new HnswSettings(hnsw.quantization(), 24, 100, hnsw.efSearch());

        assertRefused(settings(new EngineSettings(otherKind, shards, hnsw)), "engine is " + kind, "--index-engine");
        assertRefused(
                settings(new EngineSettings(kind, shards + 1, hnsw)),
                "number of shards is " + shards + " in the index, but " + (shards + 1) + " in the settings",
                "--index-shards");
        assertRefused(settings(new EngineSettings(kind, shards, otherGraph)), "HNSW parameters", "m=24", "--hnsw-m");
        assertRefused(
                new IndexSettings(MODEL, new ChunkingSettings(100, 0, 7), engine()), "chunker is", "--chunk-size");
        assertRefused(
                model("other-model", "sha256:2", 8),
                "embedding model is test in the index, but other-model in the settings",
                "digest of the embedding model is sha256:1 in the index, but sha256:2 in the settings",
                "dimension is " + DIMENSION + " in the index, but 8 in the settings",
                "--embedding-model");
    }

    @Test
    void anIndexOfAnotherLayoutOrMetricStopsTheJob() {
        Map<String, Object> spec =
                new HashMap<>(Map.of("engine", engine().kind().toString(), "dimension", DIMENSION, "metric", "dot"));
        spec.put("layout", 1);
        client.set(Keys.SPEC, Json.writeCompact(spec));

        assertRefused(
                settings(engine()),
                "layout is 1 in the index, but " + IndexSpec.LAYOUT + " in the settings",
                "metric is dot in the index, but cosine in the settings");
    }

    private static IndexSettings model(String name, String digest, int dimension) {
        return new IndexSettings(
                new EmbeddingModelInfo(name, digest, dimension), ChunkingSettings.DEFAULT, EngineSettings.DEFAULT);
    }

    private void assertRefused(IndexSettings other, String... texts) {
        assertThatThrownBy(() -> RedisIndex.openForWriting(redis(), other).close())
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContainingAll(texts)
                .hasMessageContaining("Run the job with the settings of the index")
                .hasMessageContaining("index the documents topic again");
    }

    @Test
    void aReaderIsStoppedByAnotherModelOnly() {
        IndexSettings reading = new IndexSettings(MODEL, null, EngineSettings.DEFAULT);
        IndexSettings other = new IndexSettings(
                new EmbeddingModelInfo("other-model", "sha256:1", DIMENSION), null, EngineSettings.DEFAULT);
        deliver(chunked(at(1), document("a"), "one"));

        try (RedisIndex index = RedisIndex.openForReading(redis(), reading)) {
            assertThat(index.search(anything())).hasSize(1);
        }
        assertThatThrownBy(() -> RedisIndex.openForReading(redis(), other).close())
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("embedding model");
    }

    @Test
    void aReaderThatWasThereBeforeTheIndexFindsWhatIsInItLater() {
        empty(client);
        IndexSettings reading = new IndexSettings(MODEL, null, EngineSettings.DEFAULT);

        try (RedisIndex reader = RedisIndex.openForReading(redis(), reading)) {
            assertThat(reader.search(anything())).isEmpty();
            RedisIndex.openForWriting(redis(), settings(engine())).close();
            deliver(chunked(at(1), document("a"), "one"));

            assertThat(reader.search(anything())).hasSize(1);
        }
    }

    @Test
    void aReaderSeesThatTheIndexWasMadeAnew() {
        IndexSettings reading = new IndexSettings(MODEL, null, EngineSettings.DEFAULT);
        deliver(chunked(at(1), document("a"), "one"));
        try (RedisIndex reader = RedisIndex.openForReading(redis(), reading)) {
            assertThat(reader.search(anything())).hasSize(1);

            empty(client);
            assertThat(reader.search(anything())).isEmpty();

            client.set(
                    Keys.SPEC,
                    Json.writeCompact(settings(engine()).written(engine().kind()))
                            .replace("sha256:1", "sha256:2"));
            assertThatThrownBy(() -> reader.search(anything()))
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("digest of the embedding model");
        }
    }

    private static Search anything() {
        return new Search("default", vector("anything"), 4, -1, Filter.NONE);
    }

    @Test
    void theChoiceOfTheEngineIsThatOfTheIndex() {
        EngineSettings auto = new EngineSettings(EngineSettings.Kind.AUTO, engine().shards(), engine().hnsw());

        RedisIndex.openForWriting(redis(), settings(auto)).close();

        assertThat(StoredSpec.read(client).engine()).isEqualTo(engine().kind().toString());
    }

    @Test
    void theStatusCountsWhatIsVisible() {
        deliver(chunked(at(1), document("a"), "one", "two"));
        deliver(chunked(at(2), document("b"), "three"));
        deliver(chunked(at(3), document("c"), "four"));
        deliver(Chunker.delete(record(at(4), "c", null), "c"));

        RedisStatus status = RedisStatus.read(redis());

        assertThat(status.size()).isEqualTo(new IndexSize(2, 3, 3));
        assertThat(status.spec().embeddingModel()).isEqualTo("test");
        assertThat(status.version()).startsWith("8.");
    }
}
