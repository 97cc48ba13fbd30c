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
import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.index.VectorIndexContract;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.question.Filter;
import dev.tarn.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class VectorSetIndexTest extends VectorIndexContract {
    private static final EmbeddingModelInfo MODEL = new EmbeddingModelInfo("test", "sha256:1", DIMENSION);

    private static RedisServer server;
    private static RedisClient client;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        client = RedisClient.create(server.uri());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Override
    protected VectorIndex openEmpty() {
        client.flushAll();
        return RedisIndex.openForWriting(RedisSettings.of(server.uri()), settings(MODEL));
    }

    @Override
    protected Stored stored() {
        long vectors = client.keys("tarn:vectors:*").stream()
                .mapToLong(key -> client.vcard(key))
                .sum();
        long garbage = client.keys("tarn:*:manifest").stream()
                .flatMap(manifest -> client.hkeys(manifest).stream())
                .filter(field -> field.startsWith("g:"))
                .count();
        return new Stored(client.keys("tarn:*:chunk:*").size(), vectors, garbage);
    }

    @Test
    void anIndexMadeOtherwiseStopsTheJobWithTheDifferenceAndTheRemedy() {
        EmbeddingModelInfo other = new EmbeddingModelInfo("other-model", "sha256:2", DIMENSION);

        assertThatThrownBy(() -> RedisIndex.openForWriting(RedisSettings.of(server.uri()), settings(other)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("embedding model is test in the index, but other-model in the settings")
                .hasMessageContaining("index the documents topic again");
    }

    @Test
    void aReaderNeedNotKnowHowTextsAreCut() {
        IndexSettings reading = new IndexSettings(MODEL, null, HnswSettings.DEFAULT);

        try (RedisIndex index = RedisIndex.openForReading(RedisSettings.of(server.uri()), reading)) {
            assertThat(index.search(new Search("default", new float[DIMENSION], 1, 0, Filter.NONE)))
                    .isEmpty();
        }
    }

    @Test
    void scriptsAreLoadedAgainAfterTheServerForgotThem() {
        client.scriptFlush("any");

        assertThat(deliver(chunked(at(1), document("a"), "one")).embedded()).isEqualTo(1);
    }

    @Test
    void theStatusCountsWhatIsVisible() {
        deliver(chunked(at(1), document("a"), "one", "two"));
        deliver(chunked(at(2), document("b"), "three"));
        deliver(chunked(at(3), document("c"), "four"));
        deliver(Chunker.delete(record(at(4), "c", null), "c"));

        RedisStatus status = RedisStatus.read(RedisSettings.of(server.uri()));

        assertThat(status.size()).isEqualTo(new IndexSize(2, 3, 3));
        assertThat(status.spec().embeddingModel()).isEqualTo("test");
        assertThat(status.version()).startsWith("8.");
    }

    private static IndexSettings settings(EmbeddingModelInfo model) {
        return new IndexSettings(model, ChunkingSettings.DEFAULT, HnswSettings.DEFAULT);
    }
}
