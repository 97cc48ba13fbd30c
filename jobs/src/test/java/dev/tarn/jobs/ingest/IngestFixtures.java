package dev.tarn.jobs.ingest;

import dev.tarn.document.DocumentParser;
import dev.tarn.index.VectorIndex;
import dev.tarn.jobs.testing.Servers;
import dev.tarn.model.BatchedCalls;
import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingCache;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.redis.EngineSettings;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;

/** Documents as Kafka delivers them, and settings that index them in a test's servers. */
final class IngestFixtures {
    private IngestFixtures() {}

    static SourceRecord document(long offset, String id, String text) {
        return Records.record(offset, id, "{\"text\": \"" + text + "\"}");
    }

    static SourceRecord tombstone(long offset, String id) {
        return Records.record(offset, id, null);
    }

    /** Embeds in one call at a time, and keeps no vector. */
    static EmbedDocument embedding(VectorIndex index, Embedder embedder) {
        return embedding(index, calls(embedder));
    }

    /** Keeps no vector. */
    static EmbedDocument embedding(VectorIndex index, BatchedCalls calls) {
        return new EmbedDocument(index, calls, EmbeddingCache.NONE);
    }

    static BatchedCalls calls(Embedder embedder) {
        return calls(embedder, 32);
    }

    /** One at a time, with so many texts at the most. */
    static BatchedCalls calls(Embedder embedder, int batchSize) {
        return new BatchedCalls(embedder, 1, batchSize, Thread::new);
    }

    static IngestSettings settings(Servers servers) {
        return settings(servers, servers.embeddingModel());
    }

    static IngestSettings settings(Servers servers, OllamaSettings embeddingModel) {
        return settings(servers, embeddingModel, 8, 4);
    }

    /**
     * Settings with four calls of the model at once.
     *
     * @param batchSize the most texts in one of them
     * @param stage the documents that each asynchronous stage works on
     */
    static IngestSettings settings(Servers servers, OllamaSettings embeddingModel, int batchSize, int stage) {
        return new IngestSettings(
                new DocumentParser(8 << 20, 4_000_000),
                Servers.CHUNKING,
                embeddingModel,
                4,
                batchSize,
                1_000,
                servers.redisSettings(),
                EngineSettings.DEFAULT,
                servers.stage(stage),
                servers.stage(stage));
    }
}
