package dev.tarn.jobs.ingest;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.model.BatchedCalls;
import dev.tarn.model.EmbeddingCache;
import dev.tarn.model.EncodedVector;
import dev.tarn.source.SourcePosition;
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
    /** New vectors that go to the cache together, while others of the document are still to come. */
    static final int KEPT_AT_ONCE = 64;

    private final BatchedCalls calls;
    private final EmbeddingCache cache;

    /** By the document's record, until that is forgotten. */
    private final Map<SourcePosition, Begun> begun = new ConcurrentHashMap<>();

    ChunkEmbedding(BatchedCalls calls, EmbeddingCache cache) {
        this.calls = calls;
        this.cache = cache;
    }

    /** A chunk's vector, and whether it was embedded, or is just being, for another document. */
    private record Known(EncodedVector vector, boolean elsewhere) {}

    /**
     * What a document has so far.
     *
     * @param vectors by the hash of the chunk
     * @param unkept by that hash, those that the cache is still to be given
     */
    private record Begun(Map<String, Known> vectors, Map<String, EncodedVector> unkept) {
        Begun() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        List<Chunk> unknown(List<Chunk> chunks) {
            return chunks.stream()
                    .filter(chunk -> !vectors.containsKey(chunk.hash()))
                    .toList();
        }
    }

    /**
     * What the chunks came to.
     *
     * @param vectors one for each chunk, in order
     * @param known how many of them were embedded for another document
     */
    record Embedded(List<EncodedVector> vectors, int known) {}

    /**
     * Embeds chunks of the document, and keeps their vectors until it is forgotten.
     *
     * @throws PermanentFailure when the model refuses a chunk; its message says which
     * @throws TransientFailure when the model can't answer now
     */
    Embedded embed(ChunkedDocument chunked, List<Chunk> chunks) {
        if (chunks.isEmpty()) {
            return new Embedded(List.of(), 0);
        }
        Begun document = begun.computeIfAbsent(chunked.source().position(), absent -> new Begun());
        lookUp(document.unknown(chunks), document);
        embedRest(document.unknown(chunks), document);
        List<Known> all = chunks.stream()
                .map(chunk -> document.vectors().get(chunk.hash()))
                .toList();
        return new Embedded(all.stream().map(Known::vector).toList(), (int)
                all.stream().filter(Known::elsewhere).count());
    }

    /** Lets go of the vectors of a document whose record is not tried again. */
    void forget(ChunkedDocument chunked) {
        begun.remove(chunked.source().position());
    }

    private void lookUp(List<Chunk> chunks, Begun document) {
        List<EncodedVector> found = cache.find(chunks.stream().map(Chunk::hash).toList());
        for (int i = 0; i < chunks.size(); i++) {
            if (found.get(i) != null) {
                document.vectors().put(chunks.get(i).hash(), new Known(found.get(i), true));
            }
        }
    }

    /** Waits for all of them, so that whatever a failure of one leaves is kept for others. */
    private void embedRest(List<Chunk> chunks, Begun document) {
        List<BatchedCalls.Call> calling =
                calls.embed(chunks.stream().map(Chunk::embeddingText).toList());
        RuntimeException failure = null;
        RuntimeException notKept = null;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            BatchedCalls.Call call = calling.get(i);
            try {
                EncodedVector vector = get(call.vector());
                document.vectors().put(chunk.hash(), new Known(vector, call.isShared()));
                if (!call.isShared()) {
                    document.unkept().put(chunk.hash(), vector);
                }
            } catch (PermanentFailure e) {
                failure = new PermanentFailure(
                        "chunk " + chunk.index() + " (the first is 0): " + e.getMessage(), e.getCause());
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
            if (notKept == null && document.unkept().size() >= KEPT_AT_ONCE) {
                notKept = keep(document);
            }
        }
        notKept = keep(document);
        if (failure != null || notKept != null) {
            throw failure != null ? failure : notKept;
        }
    }

    /** Why the cache did not take them, or null. */
    private RuntimeException keep(Begun document) {
        if (document.unkept().isEmpty()) {
            return null;
        }
        List<String> hashes = List.copyOf(document.unkept().keySet());
        try {
            cache.keep(hashes, hashes.stream().map(document.unkept()::get).toList());
        } catch (RuntimeException e) {
            return e;
        }
        document.unkept().clear();
        return null;
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
