package dev.tarn.local.benchmark;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import dev.tarn.redis.RedisSettings;

/** How much memory Redis takes for a chunk, with its vector, text, and share of a manifest. */
final class Memory implements AutoCloseable {
    /** The database that is used; it has to be empty, and is again afterwards. */
    static final int DATABASE = Safety.DATABASE;

    private final RedisSettings settings;
    private final PlainStore database;
    private final long seed;

    private Memory(RedisSettings settings, PlainStore database, long seed) {
        this.seed = seed;
        this.settings = settings;
        this.database = database;
    }

    /**
     * Opens a database of a Redis, which must not be a cluster.
     *
     * @throws dev.tarn.failure.Misconfiguration when the database is not empty
     */
    static Memory open(RedisSettings redis, long seed) {
        PlainStore database = PlainStore.openEmpty(redis, DATABASE, HnswSettings.DEFAULT);
        return new Memory(PlainStore.in(DATABASE, redis), database, seed);
    }

    /**
     * Writes documents into vector sets.
     *
     * @param documents how many, each of three chunks of 800 characters
     * @return bytes for each chunk
     */
    double perChunk(int dimension, HnswSettings hnsw, int documents) {
        database.clear();
        long before = database.usedMemory();
        SyntheticDocuments synthetic = new SyntheticDocuments(dimension, seed);
        EngineSettings engine = new EngineSettings(EngineSettings.Kind.VECTOR_SET, 1, hnsw);
        EmbeddingModelInfo model = new EmbeddingModelInfo("benchmark", "none", dimension);
        try (RedisIndex index =
                RedisIndex.openForWriting(settings, new IndexSettings(model, ChunkingSettings.DEFAULT, engine))) {
            for (int i = 0; i < documents; i++) {
                SyntheticDocuments.Synthetic document = synthetic.document(i);
                index.commit(
                        new EmbeddedDocument(document.document(), index.plan(document.document()), document.vectors()));
            }
        }
        double bytes = database.usedMemory() - before;
        database.clear();
        return bytes / ((double) documents * SyntheticDocuments.CHUNKS);
    }

    @Override
    public void close() {
        database.close();
    }
}
