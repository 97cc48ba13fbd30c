package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Document;
import dev.tarn.document.MetadataValue;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.Receipt;
import dev.tarn.index.Search;
import dev.tarn.model.EmbeddingCache;
import dev.tarn.model.EncodedVector;
import dev.tarn.question.Filter;
import dev.tarn.retrieval.Mode;
import dev.tarn.retrieval.RetrievalSettings;
import dev.tarn.retrieval.Retriever;
import dev.tarn.testing.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the path of a document, and of a question, costs in round trips and bytes once the server knows the scripts. */
class RoundTripsOfTheProtocolTest {
    /** Of a document of a few chunks: keys, names, positions, the manifest. */
    private static final int MOST_OTHER_BYTES = 4_000;

    private final Traffic traffic = new Traffic();

    private RedisServer server;
    private RedisIndex index;
    private RedisIndex reader;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        index = RedisIndex.openForWriting(traffic.writer(server.uri()), WatchedIndex.SETTINGS);
        reader = RedisIndex.openForWriting(traffic.reader(server.uri()), WatchedIndex.SETTINGS);
        Deliveries.deliver(index, record(1, "scripts", "one", "two"));
        Deliveries.deliver(index, record(2, "scripts", "two", "three"));
    }

    @AfterEach
    void stop() {
        reader.close();
        index.close();
        server.close();
    }

    @Test
    void aNewDocumentIsPlannedWrittenAndListed() {
        assertThat(deliver(record(3, "new", "one", "two", "three"))).isEqualTo(Receipt.Action.INDEXED);
        assertThat(traffic.trips()).isEqualTo(3);
    }

    /** Four in each call of the script, and sixteen calls in each trip of a thread that is alone. */
    @Test
    void aLargeDocumentIsWrittenInATripForEach64Chunks() {
        String[] texts = IntStream.range(0, 200).mapToObj(i -> "chunk " + i).toArray(String[]::new);

        assertThat(deliver(record(3, "large", texts))).isEqualTo(Receipt.Action.INDEXED);
        assertThat(traffic.trips()).isEqualTo(1 + 4 + 1);
    }

    @Test
    void eachTextAndEachVectorIsSentOnce() {
        ChunkedDocument document = withLongTexts(record(3, "new", "one", "two", "three"));
        int payload = document.chunks().stream()
                .mapToInt(chunk -> chunk.text().length() + WatchedIndex.DIMENSION * Float.BYTES)
                .sum();

        deliver(document);

        assertThat(traffic.bytes()).isBetween(payload, payload + MOST_OTHER_BYTES);
    }

    /** What a call embeds is encoded once, and the index and the cache send those very bytes. */
    @Test
    void noVectorIsCopiedOnItsWayToTheIndexAndTheCache() {
        ChunkedDocument document = record(3, "new", "three", "four");
        Plan plan = index.plan(document);
        List<Chunk> chunks = plan.missing(document);
        List<EncodedVector> vectors = chunks.stream()
                .map(chunk -> EncodedVector.of(Deliveries.vector(chunk.embeddingText())))
                .toList();

        assertThat(vectors).hasSize(2);
        traffic.reset();
        index.commit(new EmbeddedDocument(document, plan, vectors, 0));
        assertThat(wereSent(vectors)).isTrue();

        traffic.reset();
        index.embeddings(10_000).keep(chunks.stream().map(Chunk::hash).toList(), vectors);
        assertThat(wereSent(vectors)).isTrue();
    }

    private boolean wereSent(List<EncodedVector> vectors) {
        return vectors.stream().map(EncodedVector::bytes).allMatch(traffic::sent);
    }

    /** Beside those of the document; the vectors are sent a second time, to be kept. */
    @Test
    void theVectorsOfADocumentAreLookedUpInOneTripAndKeptInOne() {
        EmbeddingCache cache = index.embeddings(10_000);
        cache.keep(List.of("script"), List.of(EncodedVector.of(Deliveries.vector("script"))));
        List<String> hashes = List.of("one", "two", "three");
        List<EncodedVector> vectors =
                hashes.stream().map(Deliveries::vector).map(EncodedVector::of).toList();
        traffic.reset();

        assertThat(cache.find(hashes)).containsOnlyNulls();
        assertThat(traffic.trips()).isEqualTo(1);
        cache.keep(hashes, vectors);

        assertThat(traffic.trips()).isEqualTo(2);
        int payload = hashes.size() * WatchedIndex.DIMENSION * Float.BYTES;
        assertThat(traffic.bytes()).isBetween(payload, payload + MOST_OTHER_BYTES);
    }

    /** Sixteen commands go in a trip of a thread that is alone. */
    @Test
    void noCommandIsAboutMoreThan32OfTheVectorsOfALargeDocument() {
        EmbeddingCache cache = index.embeddings(10_000);
        cache.keep(List.of("script"), List.of(EncodedVector.of(Deliveries.vector("script"))));
        List<String> hashes =
                IntStream.range(0, 1_000).mapToObj(i -> "hash " + i).toList();
        List<EncodedVector> vectors =
                hashes.stream().map(Deliveries::vector).map(EncodedVector::of).toList();
        traffic.reset();

        cache.keep(hashes, vectors);

        int nameDigestKeysAndShare = 1 + 1 + 1 + 2 + 1;
        assertThat(traffic.mostArguments()).isEqualTo(nameDigestKeysAndShare + 2 * 32);
        assertThat(traffic.trips()).isEqualTo(2);
        assertThat(cache.find(hashes)).isEqualTo(vectors);
        assertThat(traffic.trips()).isEqualTo(2 + 4);
    }

    @Test
    void noTextOfAnUnchangedDocumentIsSent() {
        deliver(withLongTexts(record(3, "new", "one", "two")));

        assertThat(deliver(withLongTexts(record(4, "new", "one", "two")))).isEqualTo(Receipt.Action.UNCHANGED);
        assertThat(traffic.bytes()).isLessThan(MOST_OTHER_BYTES);
    }

    @Test
    void whatAnUpdateReplacesIsRemovedAndClearedToo() {
        assertThat(deliver(record(3, "scripts", "three", "four"))).isEqualTo(Receipt.Action.INDEXED);
        assertThat(traffic.trips()).isEqualTo(5);
    }

    @Test
    void anUnchangedDocumentIsPlannedOnlyAndItsOwnElementsAreLookedAfter() {
        assertThat(deliver(record(3, "scripts", "two", "three"))).isEqualTo(Receipt.Action.UNCHANGED);
        assertThat(traffic.trips()).isLessThanOrEqualTo(2);
    }

    @Test
    void aFieldOfTheMetadataThatIsNewToTheWriterIsRegisteredOnce() {
        Map<String, MetadataValue> metadata = Map.of("a", MetadataValue.of("x"), "b", MetadataValue.of(true));

        deliver(chunked(at(3), document("first", "default", null, Map.of("a", MetadataValue.of(true))), "one"));
        deliver(chunked(at(4), document("new", "default", null, metadata), "one"));
        assertThat(traffic.trips()).isEqualTo(4);
        deliver(chunked(at(5), document("newer", "default", null, metadata), "one"));
        assertThat(traffic.trips()).isEqualTo(3);
    }

    @Test
    void aSearchWithAFilterTakesNoMore() {
        Map<String, MetadataValue> metadata = Map.of("a", MetadataValue.of("x"));
        deliver(chunked(at(3), document("a", "default", null, metadata), "one"));
        Search search = new Search("default", Deliveries.vector("one"), 2, -1, Filter.of(metadata));

        awaitTwoTrips(search, 1);
    }

    /** Of some thousand chunks: 150, 600 and all of them. */
    @Test
    void aFilterThatFewPassTakesTwoForEachTimeThatFourTimesAsManyAreReadToFindThem() {
        Map<String, MetadataValue> metadata = Map.of("a", MetadataValue.of("x"));
        String[] texts = IntStream.range(0, 1_000).mapToObj(i -> "other " + i).toArray(String[]::new);
        deliver(chunked(at(3), document("others"), texts));
        deliver(chunked(at(4), document("a", "default", null, metadata), "one"));
        Search search = new Search("default", Deliveries.vector("other 1"), 2, -1, Filter.of(metadata), "one");

        awaitTrips(6, RetrievalSettings.DEFAULT, search, 1);
    }

    /** Of six thousand chunks: 150, 600, 2,400 and all of them, of which no more than five thousand come in one. */
    @Test
    void noMoreThanSomeThousandTextsComeAtOnceHoweverManyAFilterRejects() {
        Map<String, MetadataValue> metadata = Map.of("a", MetadataValue.of("x"));
        for (int document = 0; document < 6; document++) {
            int number = document;
            String[] texts = IntStream.range(0, 1_000)
                    .mapToObj(i -> "other " + number + " " + i)
                    .toArray(String[]::new);
            deliver(chunked(at(3 + number), document("others-" + number), texts));
        }
        deliver(chunked(at(10), document("a", "default", null, metadata), "one"));
        Search search = new Search("default", Deliveries.vector("other 1"), 2, -1, Filter.of(metadata), "one");

        awaitTrips(9, RetrievalSettings.DEFAULT, search, 1);
    }

    @Test
    void aWholeRetrievalTakesOneMoreOnlyForNeighbours() {
        deliver(record(3, "long", "three", "four", "five"));
        Search search = new Search("default", Deliveries.vector("four"), 2, -1, Filter.NONE, "three four");

        awaitTrips(2, RetrievalSettings.DEFAULT, search, 2);
        awaitTrips(3, new RetrievalSettings(Mode.HYBRID, 150, 0.8, 0, 1), search, 2);
    }

    private void awaitTrips(int expected, RetrievalSettings settings, Search search, int found) {
        Retriever retriever = new Retriever(reader, settings);
        awaitTrips(expected, () -> assertThat(retriever.retrieve(search)).hasSizeBetween(1, found));
    }

    /** A document that was flipped within the last millisecond is searched for once more; after that none is. */
    private void awaitTrips(int expected, Runnable search) {
        await().untilAsserted(() -> assertThat(tripsOf(search)).isEqualTo(expected));
        assertThat(IntStream.range(0, 20).map(i -> tripsOf(search))).containsOnly(expected);
    }

    private int tripsOf(Runnable search) {
        traffic.reset();
        search.run();
        return traffic.trips();
    }

    @Test
    void aDeleteIsPlannedListedRemovedAndCleared() {
        ChunkedDocument deleted = new ChunkedDocument(record(3, "scripts").source(), "scripts", null, List.of());

        assertThat(deliver(deleted)).isEqualTo(Receipt.Action.DELETED);
        assertThat(traffic.trips()).isEqualTo(4);
    }

    @Test
    void aSearchAsksForTheNearestAndThenForAllElse() {
        Search search = new Search(Document.DEFAULT_COLLECTION, Deliveries.vector("three"), 2, -1, Filter.NONE);

        awaitTwoTrips(search, 2);
    }

    private void awaitTwoTrips(Search search, int found) {
        awaitTrips(2, () -> assertThat(reader.search(search)).hasSize(found));
    }

    private Receipt.Action deliver(ChunkedDocument record) {
        traffic.reset();
        return Deliveries.deliver(index, record).action();
    }

    private static ChunkedDocument withLongTexts(ChunkedDocument document) {
        List<Chunk> chunks = document.chunks().stream()
                .map(chunk -> {
                    String text = chunk.text().repeat(10_000);
                    return new Chunk(chunk.index(), chunk.hash(), text, text);
                })
                .toList();
        return new ChunkedDocument(document.source(), document.id(), document.document(), chunks);
    }

    private static ChunkedDocument record(long offset, String id, String... texts) {
        return chunked(at(offset), document(id), texts);
    }
}
