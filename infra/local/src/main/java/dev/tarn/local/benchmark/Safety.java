package dev.tarn.local.benchmark;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Search;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.question.Filter;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import dev.tarn.redis.RedisSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What the commit protocol and the readers' check cost, beside a plain write and a plain search of the same content. */
final class Safety implements AutoCloseable {
    /** The database that is used; it has to be empty, and is again afterwards. */
    static final int DATABASE = 15;

    private static final int DOCUMENTS = 2_000;
    private static final int DIMENSION = 384;
    private static final int SEARCHES = 200;
    private static final int TOP_K = 4;
    private static final Duration REST = Duration.ofSeconds(3);

    private final RedisSettings settings;
    private final EngineSettings engine;
    private final int concurrency;
    private final PlainStore plain;
    private final List<SyntheticDocuments.Synthetic> documents = new ArrayList<>();
    private final SyntheticDocuments synthetic;

    private Safety(RedisSettings settings, HnswSettings hnsw, int concurrency, PlainStore plain, long seed) {
        synthetic = new SyntheticDocuments(DIMENSION, seed);
        this.settings = settings;
        this.engine = new EngineSettings(EngineSettings.Kind.VECTOR_SET, 1, hnsw);
        this.concurrency = concurrency;
        this.plain = plain;
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.add(synthetic.document(i));
        }
    }

    /**
     * Opens a database of a Redis, which must not be a cluster.
     *
     * @throws dev.tarn.failure.Misconfiguration when the database is not empty
     */
    static Safety open(RedisSettings redis, HnswSettings hnsw, int concurrency, long seed) {
        PlainStore plain = PlainStore.openEmpty(redis.withConnections(concurrency), DATABASE, hnsw);
        return new Safety(PlainStore.in(DATABASE, redis.withConnections(concurrency)), hnsw, concurrency, plain, seed);
    }

    /**
     * The cost of one thing, done many times.
     *
     * @param millis each took, with as many at once as there are writers
     * @param commands that the server ran for each
     * @param reads requests that the server read for each
     */
    record Cost(double millis, double commands, double reads) {}

    /** Something, plainly and safely. */
    record Pair(Cost plain, Cost safe) {
        double ratio() {
            return safe.millis() / plain.millis();
        }
    }

    /** Writes the same new documents both ways into an empty database. */
    Pair write() throws InterruptedException, ExecutionException {
        plain.clear();
        Cost plainly = measure(
                DOCUMENTS,
                i -> plain.write(documents.get(i).document(), documents.get(i).vectors()));
        plain.clear();
        try (RedisIndex index = open()) {
            Cost safely = measure(DOCUMENTS, i -> {
                SyntheticDocuments.Synthetic document = documents.get(i);
                index.commit(
                        new EmbeddedDocument(document.document(), index.plan(document.document()), document.vectors()));
            });
            return new Pair(plainly, safely);
        }
    }

    /**
     * Searches the same documents both ways, one search after the other. A document that was changed just before it is
     * searched is searched again, so they are left to rest first.
     */
    Pair search() throws InterruptedException, ExecutionException {
        plain.clear();
        for (SyntheticDocuments.Synthetic document : documents) {
            plain.write(document.document(), document.vectors());
        }
        Cost plainly = one(i -> plain.search(synthetic.vector()));
        try (RedisIndex index = open()) {
            for (SyntheticDocuments.Synthetic document : documents) {
                index.commit(
                        new EmbeddedDocument(document.document(), index.plan(document.document()), document.vectors()));
            }
            TimeUnit.MILLISECONDS.sleep(REST.toMillis());
        }
        try (RedisIndex index = RedisIndex.openForReading(settings, made())) {
            Cost safely = one(i -> index.search(
                    new Search(SyntheticDocuments.COLLECTION, synthetic.vector(), TOP_K, -1, Filter.NONE)));
            return new Pair(plainly, safely);
        }
    }

    private RedisIndex open() {
        return RedisIndex.openForWriting(settings, made());
    }

    private IndexSettings made() {
        EmbeddingModelInfo model = new EmbeddingModelInfo("benchmark", "none", DIMENSION);
        return new IndexSettings(model, ChunkingSettings.DEFAULT, engine);
    }

    private interface Step {
        void run(int number);
    }

    private Cost measure(int steps, Step step) throws InterruptedException, ExecutionException {
        return measure(steps, concurrency, step);
    }

    private Cost one(Step step) throws InterruptedException, ExecutionException {
        return measure(SEARCHES, 1, step);
    }

    private Cost measure(int steps, int threads, Step step) throws InterruptedException, ExecutionException {
        List<Callable<Object>> tasks = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            int number = i;
            tasks.add(Executors.callable(() -> step.run(number)));
        }
        long commands = plain.commands();
        long reads = plain.reads();
        long start = System.nanoTime();
        InParallel.run(threads, tasks);
        double millis = (System.nanoTime() - start) / 1e6;
        return new Cost(
                millis / steps,
                (double) (plain.commands() - commands) / steps,
                (double) (plain.reads() - reads) / steps);
    }

    /** What is measured, for a person. */
    String describe() {
        return DOCUMENTS + " new documents of " + SyntheticDocuments.CHUNKS + " chunks at " + DIMENSION
                + " dimensions, " + concurrency + " writers";
    }

    @Override
    public void close() {
        plain.close();
    }
}
