package dev.tarn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchedCallsTest {
    private static final int ALL = 1_000;

    private final PermanentFailure refused = new PermanentFailure("the model refuses the input");
    private final TransientFailure away = new TransientFailure("the server is away", null);
    private final GatedEmbedder embedder = new GatedEmbedder();
    private BatchedCalls batched = new BatchedCalls(embedder, 1, 32, Thread::new);

    @AfterEach
    void close() {
        embedder.letThrough(ALL);
        batched.close();
    }

    @Test
    void aTextGoesAtOnceWhileNothingIsUnderWay() {
        CompletableFuture<float[]> vector = embed(text(3));
        embedder.letThrough(1);

        assertThat(vector.join()).containsExactly(3);
        assertThat(embedder.calls()).containsExactly(List.of(text(3)));
    }

    @Test
    void textsOfManyDocumentsShareACall() {
        grow();
        CompletableFuture<float[]> busy = embed("busy");
        awaitCalls(1);
        List<CompletableFuture<float[]>> others =
                IntStream.range(10, 40).mapToObj(length -> embed(text(length))).toList();

        embedder.letThrough(ALL);

        assertThat(busy.join()).containsExactly(4);
        assertThat(others)
                .extracting(vector -> vector.join()[0])
                .containsExactlyElementsOf(IntStream.range(10, 40)
                        .mapToObj(length -> (float) length)
                        .toList());
        assertThat(embedder.calls()).hasSize(2);
    }

    @Test
    void noCallHasMoreTextsThanAllowed() {
        embedder.letThrough(ALL);

        batched.embed(texts(1, 500)).forEach(CompletableFuture::join);

        assertThat(embedder.calls()).allMatch(call -> call.size() <= 32);
        assertThat(embedder.calls()).anyMatch(call -> call.size() == 32);
    }

    @Test
    void asManyCallsAreUnderWayAsAllowedAndNoMore() {
        batched = new BatchedCalls(embedder, 3, 32, Thread::new);
        batched.embed(texts(1, 100));

        awaitCalls(3);

        embedder.letThrough(1);
        awaitCalls(4);
    }

    @Test
    void aSmallDocumentIsDoneLongBeforeALargeOneThatCameFirst() {
        List<CompletableFuture<float[]>> large = batched.embed(texts(1, 501));
        awaitCalls(1);
        CompletableFuture<float[]> small = embed("small document");

        embedder.letThrough(3);

        assertThat(small.join()).containsExactly(14);
        assertThat(large.stream().filter(CompletableFuture::isDone).count()).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 30, 31})
    void onlyTheTextAtFaultFailsAndItIsFoundInFewCalls(int bad) {
        grow();
        String atFault = text(100 + bad);
        embedder.fail(texts -> texts.contains(atFault), refused);
        CompletableFuture<float[]> busy = embed("busy");
        awaitCalls(1);
        assertThat(busy).isNotDone();
        List<CompletableFuture<float[]>> vectors = batched.embed(texts(100, 132));

        embedder.letThrough(ALL);

        for (int i = 0; i < vectors.size(); i++) {
            CompletableFuture<float[]> vector = vectors.get(i);
            if (i == bad) {
                assertThatThrownBy(vector::join).hasCause(refused);
            } else {
                assertThat(vector.join()).containsExactly(100 + i);
            }
        }
        int halvings = 5;
        assertThat(embedder.calls()).hasSizeLessThanOrEqualTo(2 + 2 * halvings);
    }

    @Test
    void aTransientFailureIsNotTakenForARefusal() {
        grow();
        embedder.fail(texts -> texts.size() > 1, away);
        CompletableFuture<float[]> busy = embed("busy");
        awaitCalls(1);
        assertThat(busy).isNotDone();
        List<CompletableFuture<float[]>> vectors = batched.embed(texts(10, 20));

        embedder.letThrough(ALL);

        assertThat(vectors)
                .allSatisfy(vector -> assertThatThrownBy(vector::join).hasCause(away));
        assertThat(embedder.calls()).hasSize(2);
    }

    @Test
    void aTextThatIsUnderWayIsNotEmbeddedTwice() {
        CompletableFuture<float[]> first = embed("the same");
        awaitCalls(1);
        CompletableFuture<float[]> second = embed("the same");
        embedder.letThrough(ALL);

        assertThat(second.join()).isSameAs(first.join());
        assertThat(embedder.calls()).hasSize(1);
    }

    @Test
    void aTextThatFailedIsEmbeddedWhenItComesAgain() {
        embedder.letThrough(ALL);
        embedder.fail(texts -> true, away);
        assertThatThrownBy(embed("again")::join).hasCause(away);

        embedder.fail(texts -> false, null);

        assertThat(embed("again").join()).containsExactly(5);
    }

    @Test
    void noThreadIsLeftWhenItIsClosed() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        batched = new BatchedCalls(embedder, 2, 32, task -> {
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        });
        batched.embed(texts(1, 10));
        awaitCalls(2);

        batched.close();

        assertThat(embedder.isClosed()).isTrue();
        assertThat(threads).isNotEmpty().allSatisfy(thread -> {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        });
    }

    /** Lets calls become as large as they may, and forgets them. */
    private void grow() {
        embedder.letThrough(10);
        batched.embed(texts(1_000, 1_063)).forEach(CompletableFuture::join);
        assertThat(embedder.calls()).hasSize(6);
        embedder.calls().clear();
        embedder.takeBack();
    }

    private CompletableFuture<float[]> embed(String text) {
        return batched.embed(List.of(text)).get(0);
    }

    private void awaitCalls(int count) {
        await().untilAsserted(() -> assertThat(embedder.calls()).hasSize(count));
    }

    /** A text of this length. */
    private static String text(int length) {
        return "x".repeat(length);
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(BatchedCallsTest::text).toList();
    }
}
