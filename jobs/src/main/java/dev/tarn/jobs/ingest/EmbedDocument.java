package dev.tarn.jobs.ingest;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.VectorIndex;
import dev.tarn.jobs.flow.Worker;
import dev.tarn.model.Embedder;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import java.util.ArrayList;
import java.util.List;

/** Asks the index what it holds of a document, and embeds the rest. */
final class EmbedDocument implements Worker<ChunkedDocument, EmbeddedDocument> {
    private final VectorIndex index;
    private final Embedder embedder;
    private final int batchSize;

    EmbedDocument(VectorIndex index, Embedder embedder, int batchSize) {
        this.index = index;
        this.embedder = embedder;
        this.batchSize = batchSize;
    }

    /** Opens the clients, and checks that the index was made by this model with these settings. */
    static EmbedDocument open(IngestSettings settings) {
        Embedder embedder = new OllamaEmbedder(settings.embeddingModel());
        try {
            IndexSettings index = new IndexSettings(embedder.describe(), settings.chunking(), settings.engine());
            return new EmbedDocument(
                    RedisIndex.openForWriting(settings.redis(), index), embedder, settings.embedBatchSize());
        } catch (RuntimeException e) {
            embedder.close();
            throw e;
        }
    }

    VectorIndex index() {
        return index;
    }

    @Override
    public EmbeddedDocument apply(ChunkedDocument document) {
        Plan plan = index.plan(document);
        List<String> texts =
                plan.missing(document).stream().map(Chunk::embeddingText).toList();
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += batchSize) {
            vectors.addAll(embedder.embed(texts.subList(from, Math.min(from + batchSize, texts.size()))));
        }
        return new EmbeddedDocument(document, plan, vectors);
    }

    @Override
    public void close() {
        index.close();
        embedder.close();
    }
}
