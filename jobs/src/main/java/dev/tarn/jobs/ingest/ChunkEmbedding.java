package dev.tarn.jobs.ingest;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.model.Embedder;
import dev.tarn.source.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Embeds a document's chunks in batches. A batch that the model refuses is halved until the bad chunk is alone, so one that
 * was only too large gets through. What was embedded before a transient failure is kept for the next attempt.
 */
final class ChunkEmbedding {
    private final Embedder embedder;
    private final int batchSize;

    /** By the document's record; within it by the chunk's hash. No longer than the record is under way. */
    private final Map<SourcePosition, Map<String, float[]>> begun = new ConcurrentHashMap<>();

    /**
     * Embeds with this model.
     *
     * @param batchSize the most chunks in one call
     */
    ChunkEmbedding(Embedder embedder, int batchSize) {
        this.embedder = embedder;
        this.batchSize = batchSize;
    }

    /**
     * Embeds chunks of the document.
     *
     * @return their vectors, in order
     * @throws PermanentFailure when the model refuses a chunk; its message says which
     * @throws TransientFailure when the model can't answer now
     */
    List<float[]> embed(ChunkedDocument document, List<Chunk> chunks) {
        SourcePosition position = document.source().position();
        Map<String, float[]> vectors = begun.computeIfAbsent(position, absent -> new ConcurrentHashMap<>());
        try {
            List<Chunk> rest = chunks.stream()
                    .filter(chunk -> !vectors.containsKey(chunk.hash()))
                    .toList();
            for (int from = 0; from < rest.size(); from += batchSize) {
                embed(rest.subList(from, Math.min(from + batchSize, rest.size())), vectors);
            }
        } catch (TransientFailure e) {
            throw e;
        } catch (RuntimeException e) {
            begun.remove(position);
            throw e;
        }
        begun.remove(position);
        return chunks.stream().map(chunk -> vectors.get(chunk.hash())).toList();
    }

    private void embed(List<Chunk> batch, Map<String, float[]> vectors) {
        List<float[]> embedded;
        try {
            embedded = embedder.embed(batch.stream().map(Chunk::embeddingText).toList());
        } catch (PermanentFailure e) {
            if (batch.size() == 1) {
                throw new PermanentFailure(
                        "chunk " + batch.get(0).index() + " (the first is 0): " + e.getMessage(), e.getCause());
            }
            int half = batch.size() / 2;
            embed(batch.subList(0, half), vectors);
            embed(batch.subList(half, batch.size()), vectors);
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            vectors.put(batch.get(i).hash(), embedded.get(i));
        }
    }
}
