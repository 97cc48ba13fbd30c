package dev.tarn.index;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.Document;
import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.question.Condition;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.source.SourcePosition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine's index must do. A text's vector is drawn from its hash code, so equal texts are nearest. */
public abstract class VectorIndexContract {
    protected static final int DIMENSION = 16;

    private VectorIndex index;

    /** An empty index of {@link #DIMENSION} dimensions. */
    protected abstract VectorIndex openEmpty();

    /** Everything that the server holds for any document or vector, for asserting that nothing is left behind. */
    protected abstract Stored stored();

    /** Counts of what lies in the server: payloads, vectors, and entries of garbage. */
    public record Stored(long payloads, long vectors, long garbage) {}

    @BeforeEach
    void open() {
        index = openEmpty();
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void aCommittedDocumentIsFoundWithAllThatAnswersCite() {
        Document replication = document("replication", "notes", 7L, Map.of());

        Receipt receipt = deliver(chunked(at(3), replication, "copies of data", "leader and follower"));

        assertThat(receipt.action()).isEqualTo(Receipt.Action.INDEXED);
        assertThat(receipt.chunks()).isEqualTo(2);
        assertThat(receipt.embedded()).isEqualTo(2);
        assertThat(receipt.source()).isEqualTo(new Receipt.Source("documents", "generation-1", 0, 3));
        assertThat(receipt.publishedAt()).isEqualTo(at(3).timestamp());
        Passage passage = search("notes", "copies of data", 1, 0.9, Filter.NONE).get(0);
        assertThat(passage.citation()).isEqualTo(1);
        assertThat(passage.documentId()).isEqualTo("replication");
        assertThat(passage.version()).isEqualTo(7);
        assertThat(passage.title()).isEqualTo("Title of replication");
        assertThat(passage.uri()).isEqualTo("https://example.org/replication");
        assertThat(passage.text()).isEqualTo("copies of data");
        assertThat(passage.score()).isCloseTo(1.0, within(0.02));
    }

    @Test
    void scoresAreCosineSimilaritiesAndPassagesComeNearestFirst() {
        deliver(chunked(at(1), document("a"), "one", "two", "three", "four"));

        List<Passage> passages = search("default", "one", 4, -1, Filter.NONE);

        assertThat(passages).hasSize(4);
        assertThat(passages).extracting(Passage::citation).containsExactly(1, 2, 3, 4);
        for (Passage passage : passages) {
            assertThat(passage.score()).isCloseTo(cosine(vector("one"), vector(passage.text())), within(0.03));
        }
        assertThat(passages).isSortedAccordingTo((x, y) -> Double.compare(y.score(), x.score()));
    }

    @Test
    void aCandidateNamesTheChunksAroundItAsTheDocumentNowHasThem() {
        deliver(chunked(at(1), document("a"), "old", "one", "two", "dropped"));
        deliver(chunked(at(2), document("a"), "zero", "two", "one", "three"));
        deliver(chunked(at(3), document("b"), "alone"));

        assertThat(around("two", 1)).containsExactly("zero", "one");
        assertThat(around("one", 2)).containsExactly("two", "zero", "three");
        assertThat(around("zero", 1)).containsExactly("two");
        assertThat(around("three", 9)).containsExactly("one", "two", "zero");
        assertThat(around("alone", 1)).isEmpty();
        assertThat(around("two", 0)).isEmpty();
    }

    @Test
    void theTextOfAChunkThatIsGoneIsNull() {
        deliver(chunked(at(1), document("a"), "one", "two", "three"));
        Candidate one = candidate("one", 2);

        deliver(chunked(at(2), document("a"), "one", "three"));

        assertThat(texts(one)).containsExactly(null, "three");
    }

    @Test
    void asManyCandidatesComeAsAreWanted() {
        deliver(chunked(at(1), document("a"), "one", "two", "three", "four", "five"));
        Search search = new Search("default", vector("one"), 2, -1, Filter.NONE);

        assertThat(index.candidates(search, 4, 0)).hasSize(4);
        assertThat(index.candidates(search, 0, 0)).hasSize(2);
        assertThat(index.candidates(search, 9, 0)).hasSize(5);
    }

    @Test
    void asManyCandidatesThatPassAFilterComeAsAreWanted() {
        Map<String, MetadataValue> wanted = Map.of("kind", MetadataValue.of("wanted"));
        for (int i = 0; i < 60; i++) {
            Map<String, MetadataValue> kind = i % 6 == 0 ? wanted : Map.of("kind", MetadataValue.of("other"));
            deliver(chunked(at(i + 1), document("d" + i, "default", null, kind), "text " + i));
        }
        Search search = new Search("default", vector("text 1"), 2, -1, Filter.of(wanted));

        assertThat(index.candidates(search, 8, 0)).hasSize(8);
        assertThat(index.candidates(search, 50, 0)).hasSize(10);
        assertThat(index.search(search)).hasSize(2);
    }

    @Test
    void nothingOfAPlannedDocumentIsVisibleBeforeItsCommit() {
        index.plan(chunked(at(1), document("a"), "one"));

        assertThat(everything()).isEmpty();
    }

    @Test
    void anUpdateReplacesWhatIsGoneAndEmbedsOnlyWhatIsNew() {
        deliver(chunked(at(1), document("a"), "kept", "dropped", "dropped too"));

        Receipt receipt = deliver(chunked(at(2), document("a"), "new", "kept"));

        assertThat(receipt.embedded()).isEqualTo(1);
        assertThat(receipt.reused()).isEqualTo(1);
        assertThat(receipt.removed()).isEqualTo(2);
        assertThat(everything()).containsExactlyInAnyOrder("kept", "new");
        assertThat(stored()).isEqualTo(new Stored(2, 2, 0));
    }

    @Test
    void aTextWhoseBeginningBecomesItsTitleIsShownWithoutIt() {
        ChunkedDocument untitled = cut(at(1), null, "Data replication\n\nReplication copies data.");
        ChunkedDocument titled = cut(at(2), "Data replication", "Replication copies data.");
        assertThat(titled.chunks().get(0).hash())
                .isEqualTo(untitled.chunks().get(0).hash());
        deliver(untitled);

        Receipt receipt = deliver(titled);

        assertThat(receipt.action()).isEqualTo(Receipt.Action.INDEXED);
        assertThat(everything()).containsExactly("Replication copies data.");
        assertThat(stored()).isEqualTo(new Stored(1, 1, 0));
    }

    private static ChunkedDocument cut(SourcePosition position, String title, String text) {
        Document document = new Document("a", title, text, null, null, Document.DEFAULT_COLLECTION, null, Map.of());
        return new Chunker(ChunkingSettings.DEFAULT).chunk(record(position, "a", "{}"), document);
    }

    @Test
    void anUnchangedDocumentEmbedsNothingAndLeavesNothing() {
        deliver(chunked(at(1), document("a"), "one", "two"));

        Receipt receipt = deliver(chunked(at(2), document("a"), "one", "two"));

        assertThat(receipt.action()).isEqualTo(Receipt.Action.UNCHANGED);
        assertThat(receipt.embedded()).isZero();
        assertThat(receipt.reused()).isEqualTo(2);
        assertThat(stored()).isEqualTo(new Stored(2, 2, 0));
    }

    @Test
    void anUnchangedDocumentStillFencesWhatIsOlderThanIt() {
        deliver(chunked(at(1), document("a"), "one"));
        deliver(chunked(at(3), document("a"), "one"));

        Receipt late = deliver(chunked(at(2), document("a"), "late"));

        assertThat(late.action()).isEqualTo(Receipt.Action.SUPERSEDED);
        assertThat(everything()).containsExactly("one");
    }

    @Test
    void aRecordDeliveredAgainChangesNothing() {
        ChunkedDocument delivered = chunked(at(1), document("a"), "one", "two");
        deliver(delivered);

        Receipt again = deliver(delivered);

        assertThat(again.action()).isEqualTo(Receipt.Action.UNCHANGED);
        assertThat(everything()).containsExactlyInAnyOrder("one", "two");
        assertThat(stored()).isEqualTo(new Stored(2, 2, 0));
    }

    @Test
    void changedMetadataIsVisibleWithoutEmbeddingAgain() {
        deliver(chunked(at(1), document("a", "default", null, Map.of("week", MetadataValue.of("1"))), "one"));

        Receipt receipt =
                deliver(chunked(at(2), document("a", "default", null, Map.of("week", MetadataValue.of("2"))), "one"));

        assertThat(receipt.action()).isEqualTo(Receipt.Action.INDEXED);
        assertThat(receipt.embedded()).isZero();
        assertThat(search("default", "one", 1, 0, Filter.of(Map.of("week", MetadataValue.of("2")))))
                .hasSize(1);
        assertThat(search("default", "one", 1, 0, Filter.of(Map.of("week", MetadataValue.of("1")))))
                .isEmpty();
    }

    @Test
    void aDeleteRemovesEverythingAndFencesOlderRecords() {
        deliver(chunked(at(1), document("a"), "one", "two"));

        Receipt deleted = deliver(Chunker.delete(record(at(3), "a", null), "a"));
        Receipt late = deliver(chunked(at(2), document("a"), "late"));

        assertThat(deleted.action()).isEqualTo(Receipt.Action.DELETED);
        assertThat(deleted.removed()).isEqualTo(2);
        assertThat(late.action()).isEqualTo(Receipt.Action.SUPERSEDED);
        assertThat(everything()).isEmpty();
        assertThat(stored()).isEqualTo(new Stored(0, 0, 0));
    }

    @Test
    void aDeletedDocumentComesBackWithALaterRecord() {
        deliver(chunked(at(1), document("a"), "one"));
        deliver(Chunker.delete(record(at(2), "a", null), "a"));

        deliver(chunked(at(3), document("a"), "one"));

        assertThat(everything()).containsExactly("one");
        assertThat(stored()).isEqualTo(new Stored(1, 1, 0));
    }

    @Test
    void aDeleteOfWhatNeverWasFencesOlderRecords() {
        deliver(Chunker.delete(record(at(2), "a", null), "a"));

        assertThat(deliver(chunked(at(1), document("a"), "one")).action()).isEqualTo(Receipt.Action.SUPERSEDED);
        assertThat(stored()).isEqualTo(new Stored(0, 0, 0));
    }

    @Test
    void theGreaterVersionWinsWhateverTheOffset() {
        deliver(chunked(at(5), document("a", "default", 9L, Map.of()), "nine"));

        Receipt older = deliver(chunked(at(6), document("a", "default", 8L, Map.of()), "eight"));

        assertThat(older.action()).isEqualTo(Receipt.Action.SUPERSEDED);
        assertThat(everything()).containsExactly("nine");
        deliver(chunked(at(4), document("a", "default", 10L, Map.of()), "ten"));
        assertThat(everything()).containsExactly("ten");
    }

    @Test
    void aDeleteKeepsTheVersionOfWhatItDeletes() {
        deliver(chunked(at(1), document("a", "default", 7L, Map.of()), "seven"));
        deliver(Chunker.delete(record(at(2), "a", null), "a"));

        assertThat(deliver(chunked(at(3), document("a", "default", 6L, Map.of()), "six"))
                        .action())
                .isEqualTo(Receipt.Action.SUPERSEDED);
        assertThat(deliver(chunked(at(4), document("a", "default", 8L, Map.of()), "eight"))
                        .action())
                .isEqualTo(Receipt.Action.INDEXED);
    }

    @Test
    void aDeleteThatOvertakesTheVersionsBeforeItStillWins() {
        ChunkedDocument three = chunked(at(1), document("a", "default", 3L, Map.of()), "three");
        ChunkedDocument five = chunked(at(2), document("a", "default", 5L, Map.of()), "five");
        EmbeddedDocument plannedThree = embed(three, index.plan(three));
        EmbeddedDocument plannedFive = embed(five, index.plan(five));
        deliver(Chunker.delete(record(at(3), "a", null), "a"));

        assertThat(index.commit(plannedThree)).map(Receipt::action).contains(Receipt.Action.SUPERSEDED);
        assertThat(index.commit(plannedFive)).map(Receipt::action).contains(Receipt.Action.SUPERSEDED);

        assertThat(everything()).isEmpty();
        assertThat(stored()).isEqualTo(new Stored(0, 0, 0));
        assertThat(deliver(chunked(at(4), document("a", "default", 4L, Map.of()), "four"))
                        .action())
                .isEqualTo(Receipt.Action.SUPERSEDED);
    }

    @Test
    void theTimestampDecidesBetweenGenerationsOfATopicAndBetweenPartitions() {
        SourcePosition first = new SourcePosition("documents", "old", 0, 1_000, Instant.ofEpochSecond(10));
        SourcePosition recreated = new SourcePosition("documents", "new", 0, 0, Instant.ofEpochSecond(20));
        SourcePosition otherPartition = new SourcePosition("documents", "new", 1, 5_000, Instant.ofEpochSecond(15));
        deliver(chunked(first, document("a"), "first"));

        assertThat(deliver(chunked(recreated, document("a"), "second")).action())
                .isEqualTo(Receipt.Action.INDEXED);
        assertThat(deliver(chunked(otherPartition, document("a"), "third")).action())
                .isEqualTo(Receipt.Action.SUPERSEDED);
        assertThat(everything()).containsExactly("second");
    }

    @Test
    void aCommitAsksForANewPlanWhenTheManifestHasMoved() {
        deliver(chunked(at(1), document("a"), "shared", "old"));
        ChunkedDocument slow = chunked(at(3), document("a"), "shared", "latest");
        EmbeddedDocument planned = embed(slow, index.plan(slow));
        deliver(chunked(at(2), document("a"), "between"));

        assertThat(index.commit(planned)).isEmpty();
        assertThat(everything()).containsExactly("between");
        deliver(slow);
        assertThat(everything()).containsExactlyInAnyOrder("shared", "latest");
        assertThat(stored()).isEqualTo(new Stored(2, 2, 0));
    }

    @Test
    void aCommitThatComesTooLateLeavesNothing() {
        deliver(chunked(at(1), document("a"), "one"));
        ChunkedDocument zombie = chunked(at(2), document("a"), "two", "two and a half");
        EmbeddedDocument planned = embed(zombie, index.plan(zombie));
        deliver(chunked(at(3), document("a"), "three"));

        Optional<Receipt> receipt = index.commit(planned);

        assertThat(receipt).map(Receipt::action).contains(Receipt.Action.SUPERSEDED);
        assertThat(everything()).containsExactly("three");
        assertThat(stored()).isEqualTo(new Stored(1, 1, 0));
    }

    @Test
    void aDocumentThatMovesToAnotherCollectionLeavesTheOneItWasIn() {
        deliver(chunked(at(1), document("a", "first", null, Map.of()), "one"));

        deliver(chunked(at(2), document("a", "second", null, Map.of()), "one"));

        assertThat(search("first", "one", 4, -1, Filter.NONE)).isEmpty();
        assertThat(search("second", "one", 4, -1, Filter.NONE)).hasSize(1);
        assertThat(stored()).isEqualTo(new Stored(1, 1, 0));
    }

    @Test
    void aSearchReachesPastWhatTheFilterRejects() {
        for (int i = 0; i < 100; i++) {
            Map<String, MetadataValue> metadata = Map.of("n", MetadataValue.of(BigDecimal.valueOf(i)));
            deliver(chunked(at(i), document("doc-" + i, "default", null, metadata), "text " + i));
        }

        Filter filter = Filter.of(Map.of("n", MetadataValue.of(BigDecimal.valueOf(42))));

        assertThat(search("default", "text 7", 4, -1, filter))
                .extracting(Passage::documentId)
                .containsExactly("doc-42");
    }

    @Test
    void aSearchReturnsNothingBelowTheLeastScoreAndNoMoreThanAskedFor() {
        deliver(chunked(at(1), document("a"), "one", "two", "three"));

        assertThat(search("default", "one", 3, 0.95, Filter.NONE))
                .extracting(Passage::text)
                .containsExactly("one");
        assertThat(search("default", "one", 2, -1, Filter.NONE)).hasSize(2);
        assertThat(search("unknown", "one", 2, -1, Filter.NONE)).isEmpty();
    }

    @Test
    void aFilterFindsEveryKindOfValueWhateverIsInIt() {
        Map<String, MetadataValue> metadata = Map.of(
                "course", MetadataValue.of("ds4300"),
                "week", MetadataValue.of(new BigDecimal("3.10")),
                "big", MetadataValue.of(new BigDecimal("9007199254740993")),
                "draft", MetadataValue.of(false),
                "tags", MetadataValue.of(List.of("Lab", "a, b | c", "")),
                "odd {name}:*", MetadataValue.of("}) | @collection:{other} \\ \"'$x %"),
                "long", MetadataValue.of("x".repeat(10_000)));
        deliver(chunked(at(1), document("a", "default", null, metadata), "one"));
        deliver(chunked(at(2), document("b", "default", null, Map.of("course", MetadataValue.of("cs"))), "two"));

        metadata.forEach(
                (name, value) -> assertThat(found(name, value)).as(name).containsExactly("a"));
        assertThat(found("week", MetadataValue.of(new BigDecimal("3.1")))).containsExactly("a");
        assertThat(found("big", MetadataValue.of(new BigDecimal("9007199254740992"))))
                .isEmpty();
        assertThat(found("course", MetadataValue.of("DS4300"))).isEmpty();
        assertThat(found("tags", MetadataValue.of("Lab"))).containsExactly("a");
        assertThat(found("tags", MetadataValue.of("lab"))).isEmpty();
        assertThat(found("course", MetadataValue.of(List.of("cs", "ds4300", "}) | *"))))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(found("course", MetadataValue.of(List.of()))).isEmpty();
        assertThatThrownBy(() -> found("unknown", MetadataValue.of(true))).isInstanceOf(PermanentFailure.class);
    }

    @Test
    void aRangeFindsTheNumbersThatAreInIt() {
        List<String> numbers = List.of("-3", "0", "0.1", "2015", "9007199254740992", "9007199254740993", "1e400");
        for (int i = 0; i < numbers.size(); i++) {
            deliver(chunked(at(i), document(numbers.get(i), "default", null, number(numbers.get(i))), "text " + i));
        }
        deliver(chunked(at(7), document("text", "default", null, Map.of("n n", MetadataValue.of("2015"))), "text 7"));

        assertThat(inRange("0", "2015")).containsExactlyInAnyOrder("0", "0.1", "2015");
        assertThat(inRange("0.1", "0.1")).containsExactly("0.1");
        assertThat(inRange("9007199254740993", "1e300")).containsExactly("9007199254740993");
        assertThat(inRange("1e300", null)).containsExactly("1e400");
        assertThat(inRange(null, "1e-400")).containsExactlyInAnyOrder("-3", "0");
        assertThat(inRange("-1e400", "-0.0001")).containsExactly("-3");
        assertThat(inRange("2016", "2017")).isEmpty();
    }

    @Test
    void aNumberThatChangedOrIsGoneIsNoLongerInItsRange() {
        deliver(chunked(at(1), document("a", "default", null, number("1")), "one"));
        deliver(chunked(at(2), document("a", "default", null, number("5")), "one"));

        assertThat(inRange("1", "1")).isEmpty();
        assertThat(inRange("5", "5")).containsExactly("a");
        deliver(chunked(at(3), document("a", "default", null, Map.of("n n", MetadataValue.of("5"))), "one"));
        assertThat(inRange("5", "5")).isEmpty();
        deliver(chunked(at(4), document("a", "default", null, number("6")), "one"));
        assertThat(inRange("5", null)).containsExactly("a");
    }

    @Test
    void aSearchReachesPastWhatARangeRejects() {
        for (int i = 0; i < 100; i++) {
            deliver(chunked(at(i), document("doc-" + i, "default", null, number(Integer.toString(i))), "text " + i));
        }

        assertThat(inRange("41", "43")).containsExactlyInAnyOrder("doc-41", "doc-42", "doc-43");
    }

    protected static Map<String, MetadataValue> number(String number) {
        return Map.of("n n", MetadataValue.of(new BigDecimal(number)));
    }

    /** The documents whose number is in a range. */
    protected List<String> inRange(String min, String max) {
        Condition range =
                Condition.between(min == null ? null : new BigDecimal(min), max == null ? null : new BigDecimal(max));
        return found("n n", range);
    }

    private List<String> found(String name, MetadataValue value) {
        return found(name, Condition.of(value));
    }

    private List<String> found(String name, Condition condition) {
        return search("default", "one", 10, -1, new Filter(Map.of(name, condition))).stream()
                .map(Passage::documentId)
                .toList();
    }

    @Test
    void aVectorThatDoesNotFitTheIndexIsRefusedAndLeavesNothing() {
        float[] notANumber = vector("two");
        notANumber[3] = Float.NaN;
        List<float[]> misfits =
                List.of(new float[DIMENSION - 1], new float[2 * DIMENSION], new float[DIMENSION], notANumber);
        ChunkedDocument document = chunked(at(1), document("a"), "one", "two");
        Plan plan = index.plan(document);

        for (float[] misfit : misfits) {
            assertThatThrownBy(() -> index.commit(new EmbeddedDocument(document, plan, List.of(vector("one"), misfit))))
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContaining("a vector has");
        }

        assertThat(everything()).isEmpty();
        assertThat(stored()).isEqualTo(new Stored(0, 0, 0));
    }

    @Test
    void theNearestOfManyDocumentsAreFoundInTheirOrder() {
        Map<String, float[]> vectors = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            deliver(chunked(at(i), document("doc-" + i), "text " + i));
            vectors.put("text " + i, vector("text " + i));
        }
        float[] question = vector("question");
        List<String> nearest = vectors.keySet().stream()
                .sorted(Comparator.comparingDouble(text -> -cosine(question, vectors.get(text))))
                .limit(3)
                .toList();

        assertThat(search("default", "question", 10, -1, Filter.NONE))
                .hasSize(10)
                .isSortedAccordingTo((x, y) -> Double.compare(y.score(), x.score()))
                .extracting(Passage::text)
                .containsAll(nearest);
    }

    @Test
    void noIdCanForgeOrBreakAnother() {
        List<String> ids = List.of("a", "a}:manifest", "{a}", "a:b", "a/b", "a%3ab", "ä", "a b", "*", "a\n", "\u0000");
        for (int i = 0; i < ids.size(); i++) {
            deliver(chunked(at(i), document(ids.get(i)), "text of " + i));
        }

        for (int i = 0; i < ids.size(); i++) {
            assertThat(search("default", "text of " + i, 1, 0.95, Filter.NONE))
                    .extracting(Passage::documentId)
                    .containsExactly(ids.get(i));
        }
        for (int i = 1; i < ids.size(); i++) {
            deliver(Chunker.delete(record(at(100), ids.get(i), null), ids.get(i)));
        }
        assertThat(everything()).containsExactly("text of 0");
    }

    /** As the job does: what is stale is planned again, what is refused is discarded. */
    protected Receipt deliver(ChunkedDocument document) {
        try {
            while (true) {
                Optional<Receipt> receipt = index.commit(embed(document, index.plan(document)));
                if (receipt.isPresent()) {
                    return receipt.get();
                }
            }
        } catch (PermanentFailure e) {
            index.discard(document);
            throw e;
        }
    }

    private static EmbeddedDocument embed(ChunkedDocument document, Plan plan) {
        List<float[]> vectors = new ArrayList<>();
        for (Chunk chunk : plan.missing(document)) {
            vectors.add(vector(chunk.embeddingText()));
        }
        return new EmbeddedDocument(document, plan, vectors);
    }

    /** The texts of the chunks before, then of those after, each nearest first. */
    private List<String> around(String text, int neighbours) {
        return texts(candidate(text, neighbours));
    }

    private Candidate candidate(String text, int neighbours) {
        Search search = new Search("default", vector(text), 1, 0.9, Filter.NONE);
        return index.candidates(search, 1, neighbours).get(0);
    }

    private List<String> texts(Candidate candidate) {
        return index.texts(Stream.concat(candidate.before().stream(), candidate.after().stream())
                .map(name -> new Element(candidate.passage().documentId(), name))
                .toList());
    }

    private List<Passage> search(String collection, String text, int topK, double minScore, Filter filter) {
        return index.search(new Search(collection, vector(text), topK, minScore, filter));
    }

    protected List<String> everything() {
        return search("default", "anything", 100, -1, Filter.NONE).stream()
                .map(Passage::text)
                .toList();
    }

    protected static float[] vector(String text) {
        Random random = new Random(text.hashCode());
        float[] vector = new float[DIMENSION];
        IntStream.range(0, DIMENSION).forEach(i -> vector[i] = (float) random.nextGaussian());
        return vector;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }
}
