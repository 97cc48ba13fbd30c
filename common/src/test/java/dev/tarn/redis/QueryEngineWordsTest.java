package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tarn.document.Chunker;
import dev.tarn.document.MetadataValue;
import dev.tarn.index.Candidate;
import dev.tarn.index.Search;
import dev.tarn.json.Json;
import dev.tarn.model.Cosine;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** What the words of a question find beyond the nearest, on the query engine. */
@SearchServer.Given
class QueryEngineWordsTest {
    private static final int NEARER = 40;
    private RedisIndex index;

    @BeforeEach
    void open() {
        try (UnifiedJedis client = RedisClients.open(SearchServer.settings())) {
            SearchServer.empty(client);
        }
        EngineSettings engine = new EngineSettings(EngineSettings.Kind.QUERY_ENGINE, 1, HnswSettings.DEFAULT);
        index = RedisIndex.openForWriting(
                SearchServer.settings(),
                new IndexSettings(WatchedIndex.SETTINGS.model(), WatchedIndex.SETTINGS.chunking(), engine));
        for (int i = 0; i < NEARER; i++) {
            deliver(i, "nearer-" + i, "default", 0, "text " + i);
        }
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void aWordFindsAChunkThatIsFarFromTheQuestion() {
        deliver(NEARER, "code", "default", 1, "The error X-4711 means that a disk is full.");

        List<Candidate> found = index.candidates(asked("What does x-4711 mean?"), 2, 0);

        assertThat(found)
                .extracting(Candidate::passage)
                .extracting(Passage::citation)
                .containsExactly(1, 2, 3);
        Passage code = found.get(2).passage();
        assertThat(code.documentId()).isEqualTo("code");
        double similarity = Cosine.similarity(Deliveries.vector("any"), Deliveries.vector(code.text()));
        assertThat(code.score()).isCloseTo(similarity, within(1e-5));
        assertThat(index.search(asked("What does x-4711 mean?")))
                .extracting(Passage::documentId)
                .doesNotContain("code");
    }

    @Test
    void whatWordsFindIsOfTheCollectionAndPassesTheFilterAndTheLeastScoreAndIsCurrent() {
        deliver(50, "far", "default", 1, "The error X-4711, far away.");
        deliver(51, "other", "default", 2, "The error X-4711, in another one.");
        deliver(52, "elsewhere", "elsewhere", 1, "The error X-4711.");
        deliver(53, "gone", "default", 1, "The error X-4711, no more.");
        Deliveries.deliver(index, Chunker.delete(record(at(54), "gone", null), "gone"));
        Filter ones = Json.readOwn("{\"n\": 1}", Filter.class);

        assertThat(documents(search(-1, ones, "X-4711"))).containsExactly("far");
        assertThat(documents(search(0.999, Filter.NONE, "X-4711"))).isEmpty();
        assertThat(documents(asked("X-4711"))).contains("far", "other").doesNotContain("elsewhere", "gone");
    }

    @Test
    void whatBothFindIsFoundOnce() {
        String nearest = documents(asked("")).get(0);

        assertThat(documents(asked("text " + nearest.replace("nearer-", "")))).containsOnlyOnce(nearest);
    }

    @Test
    void aQuestionWithoutWordsFindsTheNearest() {
        assertThat(documents(asked("?!"))).isEqualTo(documents(asked(""))).hasSize(2);
    }

    @Test
    void wordsAreParametersCutAsTheServerCutsTexts() {
        Map<String, Object> values = new HashMap<>();

        assertThat(WordQuery.of("Is acks=all in X-4711's max_in_flight, or in ACKS?", values))
                .isEqualTo("@text:($word0|$word1|$word2|$word3|$word4|$word5|$word6|$word7|$word8)");
        assertThat(values.values())
                .containsExactlyInAnyOrder("is", "acks", "all", "in", "x", "4711", "s", "max_in_flight", "or");
        assertThat(WordQuery.of("a) | @vector:[* " + "x".repeat(200), new HashMap<>()))
                .isEqualTo("@text:($word0|$word1)");
    }

    private void deliver(int offset, String id, String collection, int number, String text) {
        Map<String, MetadataValue> metadata = Map.of("n", MetadataValue.of(BigDecimal.valueOf(number)));
        Deliveries.deliver(index, chunked(at(offset), document(id, collection, null, metadata), text));
    }

    private static Search asked(String question) {
        return search(-1, Filter.NONE, question);
    }

    private static Search search(double minScore, Filter filter, String question) {
        return new Search("default", Deliveries.vector("any"), 2, minScore, filter, question);
    }

    private List<String> documents(Search search) {
        return index.candidates(search, 2, 0).stream()
                .map(candidate -> candidate.passage().documentId())
                .toList();
    }
}
