package dev.tarn.jobs.ingest;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.VectorIndex;
import dev.tarn.jobs.flow.Worker;
import dev.tarn.jobs.metrics.MeteredEmbedder;
import dev.tarn.jobs.metrics.MeteredIndex;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.model.Embedder;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;

/** Asks the index what it holds of a document, and embeds the rest. */
final class EmbedDocument implements Worker<ChunkedDocument, EmbeddedDocument> {
    private final VectorIndex index;
    private final Embedder embedder;
    private final ChunkEmbedding chunks;

    EmbedDocument(VectorIndex index, Embedder embedder, int batchSize) {
        this.index = index;
        this.embedder = embedder;
        chunks = new ChunkEmbedding(embedder, batchSize);
    }

    /** Opens the clients, and checks that the index was made by this model with these settings. */
    static EmbedDocument open(IngestSettings settings, Metrics metrics) {
        Embedder embedder = new MeteredEmbedder(new OllamaEmbedder(settings.embeddingModel()), metrics);
        try {
            IndexSettings index = new IndexSettings(embedder.describe(), settings.chunking(), settings.engine());
            return new EmbedDocument(
                    MeteredIndex.open(metrics, () -> RedisIndex.openForWriting(settings.redis(), index)),
                    embedder,
                    settings.embedBatchSize());
        } catch (RuntimeException e) {
            embedder.close();
            throw e;
        }
    }

    VectorIndex index() {
        return index;
    }

    /** An earlier delivery may have written chunks of a record that the model refuses now. */
    @Override
    public EmbeddedDocument apply(ChunkedDocument document) {
        Plan plan = index.plan(document);
        try {
            return new EmbeddedDocument(document, plan, chunks.embed(document, plan.missing(document)));
        } catch (PermanentFailure e) {
            index.discard(document);
            throw e;
        }
    }

    @Override
    public void close() {
        index.close();
        embedder.close();
    }
}
