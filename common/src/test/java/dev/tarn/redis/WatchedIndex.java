package dev.tarn.redis;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.Search;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import redis.clients.jedis.UnifiedJedis;

/**
 * The real index, whose actors take one step at a time, and the oracle beside it. After each step, what Redis holds is
 * read and compared with what the records that have come so far make of it; that holds I2, too, for the latest of ever more
 * records never goes back.
 */
final class WatchedIndex implements AutoCloseable {
    static final int DIMENSION = 4;
    static final IndexSettings SETTINGS = new IndexSettings(
            new EmbeddingModelInfo("test", "sha256:1", DIMENSION), ChunkingSettings.DEFAULT, EngineSettings.DEFAULT);
    private static final Set<String> PLANS = Set.of("write", "stale");
    private static final Set<String> ARRIVALS = Set.of("flipped", "superseded", "unchanged");

    private final StoredDocument.Database database;
    private final RedisIndex index;
    private final List<String> trace = new ArrayList<>();
    private final List<Optional<ChunkedDocument>> visible = new ArrayList<>();
    private Set<ChunkedDocument> arrived = new HashSet<>();

    WatchedIndex(URI server, int number) {
        database = new StoredDocument.Database(server, number);
        UnifiedJedis redis = SteppedRedis.connect(server, number);
        index = RedisIndex.openForWriting(redis, SETTINGS);
        clear();
    }

    /** A writer that delivers a record as the ingest job does. */
    Writer writer(ChunkedDocument record) {
        return new Writer(record);
    }

    /** A reader that searches a collection once, for all that is in it. */
    Reader reader(String collection) {
        return new Reader(collection);
    }

    private void step(Actor actor, Actor.Order order) {
        String command = actor.next();
        actor.step(order);
        trace.add(actor + " " + command + (order == Actor.Order.RUN ? "" : " " + order)
                + (actor.answer().isEmpty() ? "" : " -> " + actor.answer()));
        if (actor.failure() != null) {
            throw new AssertionError(actor + " failed", actor.failure());
        }
    }

    private void check() {
        StoredDocument stored = database.read();
        if (!stored.hasAllThatIsListed()) {
            throw new AssertionError("J is broken: something listed is not there: " + stored);
        }
        Optional<ChunkedDocument> latest = LatestRecord.of(arrived);
        if (!latest.map(stored::shows).orElseGet(stored::showsNothing)) {
            throw new AssertionError("I2 or I3 is broken: the latest is "
                    + latest.map(WatchedIndex::describe).orElse("none") + ", but Redis holds " + stored);
        }
        visible.add(latest);
    }

    /** Gives up a record that is refused. */
    void discard(ChunkedDocument record) {
        index.discard(record);
        check();
    }

    /** At rest: the latest of all records is visible, and nothing else is there. */
    void requireRest(List<ChunkedDocument> records) {
        arrived.addAll(records);
        check();
        StoredDocument stored = database.read();
        if (!stored.hasOnlyWhatIsListed()) {
            throw new AssertionError("I3 is broken: something is left over: " + stored);
        }
    }

    StoredDocument stored() {
        return database.read();
    }

    /** What Redis holds now, and which records have come. */
    Snapshot snapshot() {
        trace.add("snapshot");
        return new Snapshot(database.dump(), Set.copyOf(arrived));
    }

    record Snapshot(Map<String, byte[]> dumped, Set<ChunkedDocument> arrived) {}

    /** The server goes back to a snapshot. */
    void restore(Snapshot snapshot) {
        trace.add("restore");
        database.restore(snapshot.dumped());
        arrived = new HashSet<>(snapshot.arrived());
        visible.clear();
        check();
    }

    /** Everything is removed. */
    void flush() {
        restore(new Snapshot(Map.of(), Set.of()));
    }

    /** Begins anew, with an empty index. */
    void clear() {
        flush();
        trace.clear();
    }

    void note(String happened) {
        trace.add(happened);
    }

    /** Every step since {@link #clear()}. */
    String trace() {
        return String.join("\n", trace);
    }

    static String describe(ChunkedDocument record) {
        return record.source().position().log() + "@"
                + record.source().position().offset() + " at "
                + record.source().position().timestamp().getEpochSecond() % 10_000
                + (record.isDelete()
                        ? " delete"
                        : " v" + record.document().version() + " "
                                + record.document().collection() + " "
                                + record.document().uri() + " "
                                + record.chunks().stream().map(Chunk::text).collect(Collectors.joining()));
    }

    @Override
    public void close() {
        index.close();
        database.close();
    }

    /** A delivery on its way. */
    final class Writer {
        private final ChunkedDocument record;
        private final Actor actor;
        private boolean removing;

        private Writer(ChunkedDocument record) {
            this.record = record;
            this.actor = Actor.start("writer of " + describe(record), () -> Deliveries.deliver(index, record));
            note("starts " + actor);
        }

        ChunkedDocument record() {
            return record;
        }

        /** Whether it has made its record visible, or seen that it need not, and goes on to remove what is unlisted. */
        boolean isRemoving() {
            return removing;
        }

        /** Whether it is in a pipeline, or about to remove what is unlisted. */
        boolean isSending() {
            return removing || !actor.next().startsWith("EVAL");
        }

        boolean isDone() {
            return actor.isDone();
        }

        void end() {
            note("ends " + actor);
            actor.end();
        }

        /** Goes on, and what Redis holds then is compared with what it ought to. */
        void step(Actor.Order order) {
            WatchedIndex.this.step(actor, order);
            boolean ran = order == Actor.Order.RUN || order == Actor.Order.CUT_AFTER;
            if (ran && ARRIVALS.contains(actor.answer())) {
                arrived.add(record);
            }
            if (!ran || PLANS.contains(actor.answer())) {
                removing = false;
            } else if (ARRIVALS.contains(actor.answer())) {
                removing = order == Actor.Order.RUN;
            }
            WatchedIndex.this.check();
        }

        /** Goes on until it stands before a command of this name, or is done. */
        Writer runTo(String command) {
            while (!isDone() && !actor.next().equals(command)) {
                step(Actor.Order.RUN);
            }
            return this;
        }

        /** Goes on until a script has answered this. */
        Writer runUntil(String answer) {
            do {
                step(Actor.Order.RUN);
            } while (!actor.answer().equals(answer));
            return this;
        }

        void runToEnd() {
            while (!isDone()) {
                step(Actor.Order.RUN);
            }
        }
    }

    /** A search on its way, and what may be found by it. */
    final class Reader {
        private final String collection;
        private final int since = visible.size() - 1;
        private final Actor actor;
        private volatile List<Passage> found;

        private Reader(String collection) {
            this.collection = collection;
            this.actor = Actor.start("reader of " + collection, this::search);
        }

        private void search() {
            try {
                found = index.search(new Search(collection, Deliveries.vector("any"), 50, -2, Filter.NONE));
            } catch (TransientFailure e) {
                found = null;
            }
        }

        boolean isDone() {
            return actor.isDone();
        }

        void end() {
            actor.end();
        }

        /** Goes on until it stands before a command of this name, or is done. */
        void stepTo(String command) {
            while (!isDone() && !actor.next().equals(command)) {
                step();
            }
        }

        /** What was found, or null while nothing is, or if documents changed all the while. */
        List<Passage> found() {
            return found;
        }

        /** Goes on. I1: what was found is what was visible at some one time while it was searched for. */
        void step() {
            WatchedIndex.this.step(actor, Actor.Order.RUN);
            if (found == null) {
                return;
            }
            boolean whole = visible.subList(since, visible.size()).stream()
                    .anyMatch(record -> texts(record).equals(texts(found)));
            if (!whole) {
                throw new AssertionError("I1 is broken: a reader found " + texts(found) + " of " + found);
            }
        }

        private Set<String> texts(Optional<ChunkedDocument> record) {
            Set<String> texts = new TreeSet<>();
            record.filter(put -> !put.isDelete())
                    .filter(put -> put.document().collection().equals(collection))
                    .ifPresent(put -> put.chunks()
                            .forEach(chunk -> texts.add(put.document().version() + " "
                                    + put.document().uri() + " " + chunk.text())));
            return texts;
        }

        private static Set<String> texts(List<Passage> passages) {
            Set<String> texts = new TreeSet<>();
            passages.forEach(passage -> texts.add(passage.version() + " " + passage.uri() + " " + passage.text()));
            if (texts.size() < passages.size()) {
                throw new AssertionError("I1 is broken: a chunk was found twice: " + passages);
            }
            return texts;
        }
    }
}
