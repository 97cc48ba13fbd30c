package dev.tarn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchedCallsTest {
    private static final int ALL = 1_000;
    private static final Duration ENDLESS = Duration.ofHours(1);

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
        batched = grown(1, BatchedCalls.LINGER);
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
    void aBatchThatIsNotFullWaitsForMoreWhileACallIsUnderWay() {
        batched = grown(2, ENDLESS);
        assertThat(embed("busy")).isNotDone();
        awaitCalls(1);

        List<CompletableFuture<float[]>> vectors =
                IntStream.range(10, 42).mapToObj(length -> embed(text(length))).toList();
        awaitCalls(2);
        embedder.letThrough(ALL);

        assertThat(embedder.calls().get(1)).hasSize(32);
        vectors.forEach(CompletableFuture::join);
    }

    @Test
    void aBatchThatIsNotFullDoesNotWaitForLong() {
        batched = grown(2, BatchedCalls.LINGER);
        assertThat(embed("busy")).isNotDone();
        awaitCalls(1);

        assertThat(embed("alone")).isNotDone();

        awaitCalls(2);
        assertThat(embedder.calls().get(1)).containsExactly("alone");
    }

    @Test
    void aBatchThatIsNotFullDoesNotWaitAtAllWhileTheServerIsIdle() {
        batched = grown(2, ENDLESS);
        embedder.letThrough(1);

        assertThat(embed("alone").join()).containsExactly(5);
    }

    @Test
    void aFullCallHasTextsOfALargeDocumentAndOfSmallOnesThatCameLater() {
        batched = grown(1, BatchedCalls.LINGER);
        assertThat(embed("busy")).isNotDone();
        awaitCalls(1);
        assertThat(all(texts(100, 600))).hasSize(500);
        assertThat(embed("small document")).isNotDone();

        embedder.letThrough(1);

        awaitCalls(2);
        assertThat(embedder.calls().get(1)).hasSize(32).contains("small document");
    }

    @Test
    void callsAreSmallerAfterOneThatFailedForNow() {
        batched = grown(1, BatchedCalls.LINGER);
        embedder.fail(texts -> texts.size() == 32, away);
        List<CompletableFuture<float[]>> first = all(texts(100, 132));
        awaitCalls(1);
        List<CompletableFuture<float[]>> next = all(texts(200, 232));

        embedder.letThrough(ALL);

        first.forEach(vector -> assertThatThrownBy(vector::join).hasCause(away));
        next.forEach(CompletableFuture::join);
        assertThat(embedder.calls()).extracting(List::size).containsExactly(32, 16, 16);
    }

    @Test
    void noCallHasMoreTextsThanAllowed() {
        embedder.letThrough(ALL);

        all(texts(1, 500)).forEach(CompletableFuture::join);

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
        List<CompletableFuture<float[]>> large = all(texts(1, 501));
        awaitCalls(1);
        CompletableFuture<float[]> small = embed("small document");

        embedder.letThrough(3);

        assertThat(small.join()).containsExactly(14);
        assertThat(large.stream().filter(CompletableFuture::isDone).count()).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 30, 31})
    void onlyTheTextAtFaultFailsAndItIsFoundInFewCalls(int bad) {
        batched = grown(1, BatchedCalls.LINGER);
        String atFault = text(100 + bad);
        embedder.fail(texts -> texts.contains(atFault), refused);
        CompletableFuture<float[]> busy = embed("busy");
        awaitCalls(1);
        assertThat(busy).isNotDone();
        List<CompletableFuture<float[]>> vectors = all(texts(100, 132));

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
        batched = grown(1, BatchedCalls.LINGER);
        embedder.fail(texts -> texts.size() > 1, away);
        CompletableFuture<float[]> busy = embed("busy");
        awaitCalls(1);
        assertThat(busy).isNotDone();
        List<CompletableFuture<float[]>> vectors = all(texts(10, 20));

        embedder.letThrough(ALL);

        assertThat(vectors)
                .allSatisfy(vector -> assertThatThrownBy(vector::join).hasCause(away));
        assertThat(embedder.calls()).hasSize(2);
    }

    @Test
    void aTextThatIsUnderWayIsNotEmbeddedTwice() {
        BatchedCalls.Call first = batched.embed(List.of("the same")).get(0);
        awaitCalls(1);
        BatchedCalls.Call second = batched.embed(List.of("the same")).get(0);
        embedder.letThrough(ALL);

        assertThat(second.vector().join()).isSameAs(first.vector().join());
        assertThat(embedder.calls()).hasSize(1);
        assertThat(List.of(first.isShared(), second.isShared())).containsExactly(false, true);
    }

    /** As the last text of a large document that waits. */
    @Test
    void aSmallDocumentDoesNotWaitForALargeOneThatHasTheSameText() {
        batched = grown(1, BatchedCalls.LINGER);
        assertThat(embed("busy")).isNotDone();
        awaitCalls(1);
        List<CompletableFuture<float[]>> large = all(texts(100, 600));
        CompletableFuture<float[]> shared = embed(text(599));

        embedder.letThrough(1);

        awaitCalls(2);
        assertThat(embedder.calls().get(1)).hasSize(32).contains(text(599));
        embedder.letThrough(ALL);
        assertThat(shared.join()).containsExactly(599);
        large.forEach(CompletableFuture::join);
        assertThat(embedder.calls().stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    /** A full call that is answered would have the next ones grow. */
    @Test
    void aCallThatWasHalvedTellsNothingOfHowLargeTheNextMayBe() {
        embedder.letThrough(1);
        embed("one").join();
        embedder.calls().clear();
        embedder.fail(texts -> texts.contains("bad"), refused);
        assertThat(embed("busy")).isNotDone();
        awaitCalls(1);
        CompletableFuture<float[]> bad = all(List.of("good", "bad")).get(1);
        List<CompletableFuture<float[]>> next = all(texts(10, 14));

        embedder.letThrough(ALL);

        assertThatThrownBy(bad::join).hasCause(refused);
        next.forEach(CompletableFuture::join);
        assertThat(embedder.calls()).extracting(List::size).containsExactly(1, 2, 1, 1, 2, 2);
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

        assertThat(threads).isNotEmpty().allSatisfy(thread -> {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        });
    }

    /** Calls that are as large as they may become. */
    private BatchedCalls grown(int atOnce, Duration linger) {
        BatchSize size = new BatchSize(32, atOnce);
        while (size.now() < 32) {
            size.took(size.now(), 1);
        }
        return new BatchedCalls(embedder, atOnce, size, linger, Thread::new);
    }

    private List<CompletableFuture<float[]>> all(List<String> texts) {
        return batched.embed(texts).stream()
                .map(call -> call.vector().thenApply(EncodedVector::floats))
                .toList();
    }

    private CompletableFuture<float[]> embed(String text) {
        return all(List.of(text)).get(0);
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
