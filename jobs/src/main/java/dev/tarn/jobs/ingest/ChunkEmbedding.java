package dev.tarn.jobs.ingest;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.model.BatchedCalls;
import dev.tarn.model.EmbeddingCache;
import dev.tarn.model.EncodedVector;
import dev.tarn.source.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Embeds a document's chunks, but for the texts that were embedded before, in this document or another one. What was
 * embedded before a transient failure is kept for the next attempt.
 */
final class ChunkEmbedding {
    private final BatchedCalls calls;
    private final EmbeddingCache cache;

    /** By the document's record. No longer than the record is under way. */
    private final Map<SourcePosition, Map<String, Known>> begun = new ConcurrentHashMap<>();

    ChunkEmbedding(BatchedCalls calls, EmbeddingCache cache) {
        this.calls = calls;
        this.cache = cache;
    }

    /** A chunk's vector, and whether it was embedded, or is just being, for another document. */
    private record Known(EncodedVector vector, boolean elsewhere) {}

    /**
     * What the chunks came to.
     *
     * @param vectors one for each chunk, in order
     * @param known how many of them were embedded for another document
     */
    record Embedded(List<EncodedVector> vectors, int known) {}

    /**
     * Embeds chunks of the document.
     *
     * @throws PermanentFailure when the model refuses a chunk; its message says which
     * @throws TransientFailure when the model can't answer now
     */
    Embedded embed(ChunkedDocument document, List<Chunk> chunks) {
        if (chunks.isEmpty()) {
            return new Embedded(List.of(), 0);
        }
        SourcePosition position = document.source().position();
        Map<String, Known> vectors = begun.computeIfAbsent(position, absent -> new ConcurrentHashMap<>());
        try {
            lookUp(unknown(chunks, vectors), vectors);
            embedRest(unknown(chunks, vectors), vectors);
        } catch (TransientFailure e) {
            throw e;
        } catch (RuntimeException e) {
            begun.remove(position);
            throw e;
        }
        begun.remove(position);
        List<Known> all =
                chunks.stream().map(chunk -> vectors.get(chunk.hash())).toList();
        return new Embedded(all.stream().map(Known::vector).toList(), (int)
                all.stream().filter(Known::elsewhere).count());
    }

    private static List<Chunk> unknown(List<Chunk> chunks, Map<String, Known> vectors) {
        return chunks.stream()
                .filter(chunk -> !vectors.containsKey(chunk.hash()))
                .toList();
    }

    private void lookUp(List<Chunk> chunks, Map<String, Known> vectors) {
        List<EncodedVector> found = cache.find(texts(chunks));
        for (int i = 0; i < chunks.size(); i++) {
            if (found.get(i) != null) {
                vectors.put(chunks.get(i).hash(), new Known(found.get(i), true));
            }
        }
    }

    private void embedRest(List<Chunk> chunks, Map<String, Known> vectors) {
        List<BatchedCalls.Call> calling = calls.embed(texts(chunks));
        List<String> texts = new ArrayList<>();
        List<EncodedVector> embedded = new ArrayList<>();
        RuntimeException failure = null;
        for (int i = 0; i < chunks.size(); i++) {
            try {
                BatchedCalls.Call call = calling.get(i);
                EncodedVector vector = get(call.vector());
                vectors.put(chunks.get(i).hash(), new Known(vector, call.isShared()));
                if (!call.isShared()) {
                    texts.add(chunks.get(i).embeddingText());
                    embedded.add(vector);
                }
            } catch (PermanentFailure e) {
                throw new PermanentFailure(
                        "chunk " + chunks.get(i).index() + " (the first is 0): " + e.getMessage(), e.getCause());
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        if (!texts.isEmpty()) {
            cache.keep(texts, embedded);
        }
    }

    private static List<String> texts(List<Chunk> chunks) {
        return chunks.stream().map(Chunk::embeddingText).toList();
    }

    private static EncodedVector get(CompletableFuture<EncodedVector> vector) {
        try {
            return vector.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("the call was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
