package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.index.Search;
import dev.tarn.question.Filter;
import dev.tarn.source.SourcePosition;
import dev.tarn.testing.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.RedisClient;

/** What the commit protocol promises, each by name; the invariants are checked after every step of every writer. */
class CommitProtocolTest {
    private static final ChunkedDocument FIRST = put(at(1), null, "a", "b", "c");

    private static RedisServer server;
    private static RedisClient client;

    private WatchedIndex index;

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

    @BeforeEach
    void open() {
        index = new WatchedIndex(server.uri(), 0);
    }

    @AfterEach
    void close() {
        index.close();
    }

    /** What can follow {@link #FIRST}. */
    static Stream<ChunkedDocument> seconds() {
        return Stream.of(
                put(at(2), null, "a", "b", "c", "d", "e"),
                put(at(2), null, "b"),
                put(at(2), null, "d", "e"),
                put(at(2), null, "a", "b", "c"),
                put(at(2), 1L, "a", "b", "c"),
                RandomRecords.put(at(2), "default", null, 2, List.of("a", "b", "c")),
                RandomRecords.put(at(2), "other", null, 1, List.of("a", "d")),
                delete(at(2)));
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void aCrashAtAnyStepIsMadeGoodByTheNextDelivery(ChunkedDocument second) {
        atEachStep(second, writer -> {
            writer.end();
            readAll();
            deliver(second);
            index.requireRest(List.of(FIRST, second));
        });
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void aZombieThatWakesUpLateChangesNothing(ChunkedDocument second) {
        ChunkedDocument third = put(at(3), null, "a", "d", "f");
        atEachStep(second, zombie -> {
            deliver(second);
            deliver(third);
            zombie.runToEnd();
            index.requireRest(List.of(FIRST, second, third));
        });
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void aZombieBesideTheDeliveryThatReplacedItChangesNothing(ChunkedDocument second) {
        atEachStep(second, zombie -> {
            deliver(second);
            zombie.runToEnd();
            index.requireRest(List.of(FIRST, second));
        });
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void aLaterRecordThatOvertakesAtAnyStepStays(ChunkedDocument second) {
        ChunkedDocument third = put(at(3), null, "b", "d", "f");
        atEachStep(second, slow -> {
            deliver(third);
            readAll();
            slow.runToEnd();
            index.requireRest(List.of(FIRST, second, third));
        });
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void aRecordThatIsOvertakenByAnEarlierOneAtAnyStepStillComes(ChunkedDocument second) {
        ChunkedDocument third = put(at(3), null, "b", "d", "f");
        atEachStep(third, slow -> {
            deliver(second);
            readAll();
            slow.runToEnd();
            index.requireRest(List.of(FIRST, second, third));
        });
    }

    @Test
    void anUpdateThatComesAfterItsDeleteStaysOut() {
        ChunkedDocument update = put(at(2), null, "a", "d");
        ChunkedDocument delete = delete(at(3));
        atEachStep(update, late -> {
            deliver(delete);
            late.runToEnd();
            index.requireRest(List.of(FIRST, update, delete));
        });
    }

    @Test
    void aChunkRemovedBetweenPlanAndFlipIsEmbeddedAgain() {
        ChunkedDocument between = put(at(2), null, "d");
        ChunkedDocument last = put(at(3), null, "a", "b", "e");
        deliver(FIRST);
        WatchedIndex.Writer reusing = index.writer(last).runUntil("write");
        deliver(between);

        reusing.runUntil("stale").runToEnd();

        index.requireRest(List.of(FIRST, between, last));
    }

    @Test
    void aTopicCreatedAgainOrGivenMorePartitionsGoesOnWhereTheOldEnded() {
        ChunkedDocument old = put(position("old", 0, 900, 10), null, "a", "b");
        ChunkedDocument recreated = put(position("new", 0, 0, 20), null, "b", "c");
        ChunkedDocument moved = put(position("new", 7, 0, 30), null, "c", "d");
        deliver(old, recreated);
        WatchedIndex.Writer zombie = index.writer(old).runUntil("superseded");
        deliver(moved, recreated, old);

        zombie.runToEnd();

        index.requireRest(List.of(old, recreated, moved));
    }

    @Test
    void everyOrderOfArrivalEndsAlike() {
        List<List<ChunkedDocument>> stories = List.of(
                List.of(put(at(1), 5L, "a"), delete(at(2)), put(at(3), 3L, "c")),
                List.of(put(at(1), 5L, "a"), delete(at(2)), put(at(3), 3L, "c"), put(at(4), 5L, "d")),
                List.of(put(at(1), 5L, "a"), put(at(2), null, "b"), put(at(3), 6L, "c"), put(at(4), null, "d")),
                List.of(put(at(1), 5L, "a"), put(at(2), 3L, "b"), put(at(3), null, "c"), delete(at(4))),
                List.of(delete(at(1)), put(at(2), 2L, "a"), delete(at(3)), put(at(4), 1L, "b")),
                List.of(put(position("x", 0, 9, 10), 2L, "a"), delete(position("y", 0, 1, 20)), put(at(4), 1L, "b")));
        for (List<ChunkedDocument> story : stories) {
            for (List<ChunkedDocument> arrivals : permutations(story)) {
                index.clear();
                arrivals.forEach(this::deliver);
                index.requireRest(story);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void aServerThatForgetsEverythingAtAnyStepNeverShowsHalfADocument(ChunkedDocument second) {
        atEachStep(second, writer -> {
            if (writer.isRemoving()) {
                writer.end();
            }
            index.flush();
            if (!writer.isDone()) {
                writer.runToEnd();
            }
            readAll();
            deliver(FIRST, second);
            index.requireRest(List.of(FIRST, second));
        });
    }

    @Test
    void aPlanFromBeforeARestoreFitsNoManifestWrittenAfterIt() {
        ChunkedDocument second = put(at(2), null, "a", "d");
        ChunkedDocument third = put(at(3), null, "a", "b", "d", "e");
        ChunkedDocument other = put(position("other", 0, 1, 2), null, "f");
        deliver(FIRST);
        WatchedIndex.Snapshot old = index.snapshot();
        deliver(second);
        WatchedIndex.Writer reusing = index.writer(third).runUntil("write");
        index.restore(old);
        deliver(other);

        reusing.runUntil("stale").runToEnd();

        index.requireRest(List.of(FIRST, other, third));
    }

    @Test
    void aRestoreToTheSameManifestWithoutTheChunksWrittenSinceIsSeen() {
        ChunkedDocument second = put(at(2), null, "a", "d", "e");
        deliver(FIRST);
        WatchedIndex.Snapshot old = index.snapshot();
        WatchedIndex.Writer writer = index.writer(second).runUntil("written");
        index.restore(old);

        writer.runUntil("stale").runToEnd();

        index.requireRest(List.of(FIRST, second));
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void aZombieThatDiesAfterItsRecordWasReplacedLeavesNothing(ChunkedDocument second) {
        ChunkedDocument third = put(at(3), null, "a", "d", "f");
        atEachStep(second, zombie -> {
            deliver(second, third);
            while (!zombie.isDone()) {
                zombie.step(Actor.Order.RUN);
                index.requireRest(List.of(FIRST, second, third));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void whatARefusedRecordHasWrittenIsRemovedForGood(ChunkedDocument second) {
        atEachStep(second, zombie -> {
            if (!zombie.isRemoving() && !zombie.isDone()) {
                index.discard(second);
                zombie.step(Actor.Order.RUN);
                zombie.end();
                index.requireRest(List.of(FIRST));
            }
        });
    }

    @Test
    void aReaderThatIsOvertakenByEachFlipGivesUpAsForAnOutage() {
        deliver(FIRST);
        WatchedIndex.Reader reader = index.reader("default");
        for (long offset = 2; !reader.isDone(); offset++) {
            reader.stepTo("HGET");
            if (!reader.isDone()) {
                deliver(put(at(offset), null, "version " + offset, "b"));
                reader.stepTo("VSIM");
            }
        }

        assertThat(reader.found()).isNull();
    }

    @Test
    void ofADocumentThatLacksAPayloadNothingIsFound() {
        deliver(FIRST);
        String payload = client.keys("tarn:*:chunk:b.*").iterator().next();
        client.del(payload);

        try (RedisIndex reading = RedisIndex.openForWriting(RedisSettings.of(server.uri()), WatchedIndex.SETTINGS)) {
            assertThat(reading.search(new Search("default", Deliveries.vector("any"), 5, -2, Filter.NONE)))
                    .isEmpty();
        }
    }

    /** Runs what then happens once for each number of steps that the writer of this record can have taken, until it needs no more. */
    private void atEachStep(ChunkedDocument record, Consumer<WatchedIndex.Writer> then) {
        boolean done = false;
        for (int steps = 0; !done; steps++) {
            index.clear();
            deliver(FIRST);
            WatchedIndex.Writer writer = index.writer(record);
            for (int i = 0; i < steps && !writer.isDone(); i++) {
                writer.step(Actor.Order.RUN);
            }
            done = writer.isDone();
            then.accept(writer);
        }
    }

    private void deliver(ChunkedDocument... records) {
        for (ChunkedDocument record : records) {
            index.writer(record).runToEnd();
        }
    }

    private void readAll() {
        for (String collection : RandomRecords.COLLECTIONS) {
            WatchedIndex.Reader reader = index.reader(collection);
            while (!reader.isDone()) {
                reader.step();
            }
            assertThat(reader.found()).isNotNull();
        }
    }

    private static ChunkedDocument put(SourcePosition position, Long version, String... texts) {
        return RandomRecords.put(position, "default", version, 1, List.of(texts));
    }

    private static ChunkedDocument delete(SourcePosition position) {
        return Chunker.delete(record(position, RandomRecords.ID, null), RandomRecords.ID);
    }

    private static SourcePosition position(String generation, int partition, long offset, long second) {
        return new SourcePosition(
                "documents", generation, partition, offset, at(0).timestamp().plusSeconds(second));
    }

    private static List<List<ChunkedDocument>> permutations(List<ChunkedDocument> records) {
        if (records.isEmpty()) {
            return List.of(List.of());
        }
        List<List<ChunkedDocument>> all = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            List<ChunkedDocument> rest = new ArrayList<>(records);
            ChunkedDocument first = rest.remove(i);
            for (List<ChunkedDocument> permutation : permutations(rest)) {
                List<ChunkedDocument> whole = new ArrayList<>(List.of(first));
                whole.addAll(permutation);
                all.add(whole);
            }
        }
        return all;
    }
}
