package dev.tarn.jobs.ingest;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.jobs.testing.FakeEmbedder;
import dev.tarn.model.BatchedCalls;
import dev.tarn.model.EmbeddingCache;
import dev.tarn.model.EncodedVector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkEmbeddingTest {
    private final PermanentFailure refused =
            new PermanentFailure("the model refuses the input", new IllegalStateException());
    private final TransientFailure away = new TransientFailure("the server is away", null);

    private final FakeEmbedder embedder = new FakeEmbedder();
    private final BatchedCalls calls = IngestFixtures.calls(embedder);
    private final ChunkEmbedding embedding = new ChunkEmbedding(calls, EmbeddingCache.NONE);

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void aBadChunkIsNamedByItsIndexNotByItsText() {
        embedder.fail(texts -> texts.contains(text(50)), refused);

        assertThatThrownBy(() -> embed(embedding, chunks(64)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("chunk 50 (the first is 0): the model refuses the input")
                .hasCause(refused.getCause());
    }

    @Test
    void whatWasEmbeddedBeforeATransientFailureIsNotEmbeddedAgain() {
        ChunkedDocument document = chunks(10);
        embedder.fail(texts -> texts.contains(text(6)), away);
        assertThatThrownBy(() -> embed(embedding, document)).isSameAs(away);
        List<String> failed = embedder.calls().stream()
                .filter(call -> call.contains(text(6)))
                .flatMap(List::stream)
                .toList();

        embedder.recover();
        ChunkEmbedding.Embedded embedded = embed(embedding, document);

        assertThat(embedder.calls().stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(failed);
        assertThat(embedded.vectors()).extracting(vector -> vector.floats()[0]).containsExactlyElementsOf(lengths(10));
        assertThat(embedded.known()).isZero();
    }

    @Test
    void whatWasEmbeddedBesideAFailureIsKeptForOtherDocuments() {
        for (RuntimeException failure : List.of(away, refused)) {
            Remembering cache = new Remembering();
            ChunkEmbedding caching = new ChunkEmbedding(calls, cache);
            embedder.fail(texts -> texts.contains(text(6)), failure);
            assertThatThrownBy(() -> embed(caching, chunks(10))).isInstanceOf(failure.getClass());
            Set<String> embedded = embedder.calls().stream()
                    .filter(call -> !call.contains(text(6)))
                    .flatMap(List::stream)
                    .collect(Collectors.toSet());

            assertThat(embedded).isNotEmpty();
            assertThat(cache.kept)
                    .containsOnlyKeys(chunks(10).chunks().stream()
                            .filter(chunk -> embedded.contains(chunk.embeddingText()))
                            .map(Chunk::hash)
                            .toList());
            embedder.recover();
        }
    }

    @Test
    void whatTheCacheDidNotTakeIsKeptWhenTheDocumentIsTriedAgain() {
        Remembering cache = new Remembering();
        ChunkEmbedding caching = new ChunkEmbedding(calls, cache);
        ChunkedDocument document = chunks(3);
        cache.failure = away;
        assertThatThrownBy(() -> embed(caching, document)).isSameAs(away);

        cache.failure = null;
        embed(caching, document);

        assertThat(cache.kept).hasSize(3);
        assertThat(embedder.calls().stream().flatMap(List::stream)).hasSize(3);
    }

    @Test
    void aTextThatIsJustBeingEmbeddedForAnotherDocumentCountsAsReused() {
        CountDownLatch gate = new CountDownLatch(1);
        embedder.fail(texts -> !opened(gate), away);
        try (BatchedCalls two = new BatchedCalls(embedder, 2, 32, Thread::new)) {
            ChunkEmbedding shared = new ChunkEmbedding(two, EmbeddingCache.NONE);
            CompletableFuture<ChunkEmbedding.Embedded> first =
                    CompletableFuture.supplyAsync(() -> embed(shared, chunks(1)));
            await().until(() -> embedder.calls().size() == 1);
            CompletableFuture<ChunkEmbedding.Embedded> second =
                    CompletableFuture.supplyAsync(() -> embed(shared, chunks(2, 10)));
            await().until(() -> embedder.calls().size() == 2);
            gate.countDown();

            assertThat(first.join().known()).isZero();
            assertThat(second.join().known()).isEqualTo(1);
            assertThat(embedder.calls().stream().flatMap(List::stream))
                    .doesNotHaveDuplicates()
                    .hasSize(10);
        }
    }

    @Test
    void vectorsOfALargeDocumentAreKeptForOthersWhileTheRestOfItIsStillToCome() {
        CountDownLatch gate = new CountDownLatch(1);
        int count = 2 * ChunkEmbedding.KEPT_AT_ONCE;
        embedder.fail(texts -> texts.contains(text(count - 1)) && !opened(gate), away);
        Remembering cache = new Remembering();
        ChunkEmbedding caching = new ChunkEmbedding(calls, cache);

        CompletableFuture<ChunkEmbedding.Embedded> embedded =
                CompletableFuture.supplyAsync(() -> embed(caching, chunks(count)));
        await().until(() -> cache.kept.size() >= ChunkEmbedding.KEPT_AT_ONCE);
        assertThat(embedded).isNotDone();
        gate.countDown();

        assertThat(embedded.join().known()).isZero();
        assertThat(cache.sizes).containsExactly(ChunkEmbedding.KEPT_AT_ONCE, ChunkEmbedding.KEPT_AT_ONCE);
    }

    @Test
    void aCacheThatIsAwayForAMomentHoldsNoLargeDocumentUp() {
        Remembering cache = new Remembering();
        cache.failure = away;
        int count = 2 * ChunkEmbedding.KEPT_AT_ONCE;
        embedder.fail(
                texts -> {
                    if (texts.contains(text(count - 1))) {
                        await().until(() -> cache.failed);
                        cache.failure = null;
                    }
                    return false;
                },
                away);

        assertThat(embed(new ChunkEmbedding(calls, cache), chunks(count)).vectors())
                .hasSize(count);

        assertThat(cache.kept).hasSize(count);
    }

    @Test
    void nothingIsKeptOfADocumentThatIsForgotten() {
        ChunkedDocument document = chunks(10);
        embedder.fail(texts -> texts.contains(text(6)), away);
        assertThatThrownBy(() -> embed(embedding, document)).isSameAs(away);
        embedder.recover();

        embedding.forget(document);

        embed(embedding, document);
        assertThat(embedder.calls().stream().flatMap(List::stream)).hasSize(10);
    }

    @Test
    void aVectorIsEncodedOnceForTheIndexAndTheCache() {
        Remembering cache = new Remembering();
        ChunkEmbedding caching = new ChunkEmbedding(calls, cache);

        EncodedVector embedded = embed(caching, chunks(1)).vectors().get(0);

        assertThat(cache.kept.values()).singleElement().isSameAs(embedded);
        assertThat(embed(caching, chunks(1)).vectors()).singleElement().isSameAs(embedded);
    }

    @Test
    void aTextThatWasEmbeddedInAnotherDocumentIsNotEmbeddedAgain() {
        ChunkEmbedding caching = new ChunkEmbedding(calls, new Remembering());
        embed(caching, chunks(4));
        embedder.recover();

        ChunkEmbedding.Embedded embedded = embed(caching, chunks(6));

        assertThat(embedder.calls().stream().flatMap(List::stream)).containsExactlyInAnyOrder(text(4), text(5));
        assertThat(embedded.vectors()).extracting(vector -> vector.floats()[0]).containsExactlyElementsOf(lengths(6));
        assertThat(embedded.known()).isEqualTo(4);
    }

    /** As a stage does, which forgets a document that has got through. */
    private static ChunkEmbedding.Embedded embed(ChunkEmbedding embedding, ChunkedDocument document) {
        ChunkEmbedding.Embedded embedded = embedding.embed(document, document.chunks());
        embedding.forget(document);
        return embedded;
    }

    private static ChunkedDocument chunks(int count) {
        return chunks(1, count);
    }

    private static ChunkedDocument chunks(long offset, int count) {
        return chunked(
                at(offset),
                document("a"),
                IntStream.range(0, count).mapToObj(ChunkEmbeddingTest::text).toArray(String[]::new));
    }

    private static boolean opened(CountDownLatch gate) {
        try {
            return gate.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A text of a length of its own, with a blank, which its hash in tests has not. */
    private static String text(int index) {
        return "x".repeat(index) + " ";
    }

    private static List<Float> lengths(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(length -> (float) length)
                .toList();
    }

    /** Keeps all. */
    private static final class Remembering implements EmbeddingCache {
        private final Map<String, EncodedVector> kept = new ConcurrentHashMap<>();
        private final List<Integer> sizes = new CopyOnWriteArrayList<>();
        private volatile RuntimeException failure;
        private volatile boolean failed;

        @Override
        public List<EncodedVector> find(List<String> hashes) {
            return hashes.stream().map(kept::get).collect(Collectors.toList());
        }

        @Override
        public void keep(List<String> hashes, List<EncodedVector> vectors) {
            RuntimeException now = failure;
            if (now != null) {
                failed = true;
                throw now;
            }
            sizes.add(hashes.size());
            for (int i = 0; i < hashes.size(); i++) {
                kept.put(hashes.get(i), vectors.get(i));
            }
        }
    }
}
