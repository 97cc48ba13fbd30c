package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.Document;
import dev.tarn.index.Receipt;
import dev.tarn.index.Search;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.question.Filter;
import dev.tarn.retrieval.RetrievalSettings;
import dev.tarn.retrieval.Retriever;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** Some of {@link RoundTripsOfTheProtocolTest}, where the query engine has the vectors. */
@SearchServer.Given
class QueryEngineRoundTripsTest {
    private static final IndexSettings SETTINGS = new IndexSettings(
            new EmbeddingModelInfo("test", "sha256:1", WatchedIndex.DIMENSION),
            ChunkingSettings.DEFAULT,
            new EngineSettings(EngineSettings.Kind.QUERY_ENGINE, 1, HnswSettings.DEFAULT));

    private final Traffic traffic = new Traffic();
    private UnifiedJedis client;
    private RedisIndex index;
    private RedisIndex reader;

    @BeforeEach
    void open() {
        client = traffic.writer(SearchServer.uri());
        SearchServer.empty(client);
        index = RedisIndex.openForWriting(client, SETTINGS);
        reader = RedisIndex.openForWriting(traffic.reader(SearchServer.uri()), SETTINGS);
        deliver(chunked(at(1), document("scripts"), "one", "two"));
        deliver(chunked(at(2), document("scripts"), "two", "three"));
    }

    @AfterEach
    void close() {
        SearchServer.empty(client);
        reader.close();
        index.close();
    }

    @Test
    void aNewDocumentIsPlannedWrittenAndListed() {
        assertThat(deliver(chunked(at(3), document("new"), "one", "two", "three")))
                .isEqualTo(Receipt.Action.INDEXED);
        assertThat(traffic.trips()).isEqualTo(3);
    }

    @Test
    void anUpdateTakesOneMoreForWhatItReplaces() {
        assertThat(deliver(chunked(at(3), document("scripts"), "three", "four")))
                .isEqualTo(Receipt.Action.INDEXED);
        assertThat(traffic.trips()).isEqualTo(4);
    }

    @Test
    void aRetrievalAsksForTheNearestAndThenForAllElse() {
        Search search =
                new Search(Document.DEFAULT_COLLECTION, Deliveries.vector("three"), 2, -1, Filter.NONE, "two three");
        Retriever retriever = new Retriever(reader, RetrievalSettings.DEFAULT);

        await().untilAsserted(() -> assertThat(tripsOf(retriever, search)).isEqualTo(2));
        assertThat(IntStream.range(0, 20).map(i -> tripsOf(retriever, search))).containsOnly(2);
    }

    private int tripsOf(Retriever retriever, Search search) {
        traffic.reset();
        assertThat(retriever.retrieve(search)).isNotEmpty();
        return traffic.trips();
    }

    private Receipt.Action deliver(ChunkedDocument record) {
        traffic.reset();
        return Deliveries.deliver(index, record).action();
    }
}
