package dev.tarn.jobs.ingest;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.VectorIndex;
import dev.tarn.jobs.flow.TaskClients;
import dev.tarn.jobs.flow.TaskModel;
import dev.tarn.jobs.flow.Worker;
import dev.tarn.jobs.metrics.MeteredEmbedder;
import dev.tarn.jobs.metrics.MeteredIndex;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.jobs.metrics.OutsideSystem;
import dev.tarn.model.BatchedCalls;
import dev.tarn.model.EmbeddingCache;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;

/** Asks the index what it holds of a document, and embeds the rest. */
final class EmbedDocument implements Worker<ChunkedDocument, EmbeddedDocument> {
    private final VectorIndex index;
    private final BatchedCalls calls;
    private final ChunkEmbedding chunks;

    EmbedDocument(VectorIndex index, BatchedCalls calls, EmbeddingCache cache) {
        this.index = index;
        this.calls = calls;
        chunks = new ChunkEmbedding(calls, cache);
    }

    /** Opens the clients, and checks that the index was made by this model with these settings. */
    static EmbedDocument open(IngestSettings settings, Metrics metrics, TaskClients clients) {
        TaskModel model = TaskModel.of(clients, settings.embeddingModel(), metrics);
        IndexSettings made = new IndexSettings(model.info(), settings.chunking(), settings.engine());
        RedisIndex index = metrics.system(OutsideSystem.REDIS)
                .call(() -> clients.get(RedisIndex.class, () -> RedisIndex.openForWriting(settings.redis(), made)));
        BatchedCalls calls = new BatchedCalls(
                new MeteredEmbedder(model.embedder(), metrics),
                settings.embedConcurrency(),
                settings.embedBatchSize(),
                new ExecutorThreadFactory("tarn-embedding-calls"));
        return new EmbedDocument(new MeteredIndex(index, metrics), calls, index.embeddings(settings.embeddingCache()));
    }

    VectorIndex index() {
        return index;
    }

    /** An earlier delivery may have written chunks of a record that the model refuses now. */
    @Override
    public EmbeddedDocument apply(ChunkedDocument document) {
        Plan plan = index.plan(document);
        try {
            ChunkEmbedding.Embedded embedded = chunks.embed(document, plan.missing(document));
            return new EmbeddedDocument(document, plan, embedded.vectors(), embedded.known());
        } catch (PermanentFailure e) {
            index.discard(document);
            throw e;
        }
    }

    @Override
    public void forget(ChunkedDocument document) {
        chunks.forget(document);
    }

    @Override
    public void close() {
        calls.close();
    }
}
