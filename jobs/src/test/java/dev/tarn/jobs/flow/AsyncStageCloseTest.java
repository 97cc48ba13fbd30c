package dev.tarn.jobs.flow;

import static dev.tarn.jobs.flow.StageHarness.STAGE;
import static dev.tarn.jobs.flow.StageHarness.concurrency;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.junit.jupiter.api.Test;

class AsyncStageCloseTest {
    private static final Duration SECONDS = Duration.ofSeconds(5);

    @Test
    void closingInterruptsHangingCallsEndsTheThreadsAndClosesTheWorkerOnce() throws Exception {
        HangingWorker worker = new HangingWorker(2);
        StageHarness stage = StageHarness.running(() -> worker, concurrency(2));
        stage.process("one", "two", "three");
        worker.hanging.await();

        long start = System.nanoTime();
        stage.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECONDS);
        assertThat(worker.closed).hasValue(1);
        assertThat(worker.calls).hasValue(2);
        assertThat(stage.outcomes()).isEmpty();
        assertThat(stage.jobFailure()).isNull();
        assertThat(stageThreads()).isEmpty();
    }

    @Test
    void aCallThatCannotBeInterruptedEndsWithItsClient() throws Exception {
        HangingWorker worker = new HangingWorker(1);
        worker.interruptible = false;
        StageHarness stage = StageHarness.running(() -> worker, concurrency(1));
        stage.process("one");
        worker.hanging.await();

        stage.close();

        assertThat(stage.outcomes()).isEmpty();
        assertThat(stage.jobFailure()).isNull();
        assertThat(stageThreads()).isEmpty();
    }

    @Test
    void whatWaitsToBeTriedAgainIsNotTriedAfterClosing() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Worker<SourceRecord, String> worker = record -> {
            attempts.incrementAndGet();
            throw StageHarness.outage();
        };
        StageHarness stage = StageHarness.running(worker);
        stage.process("one", "two");
        stage.until(() -> assertThat(attempts).hasValueGreaterThan(10));

        stage.close();

        int attempted = attempts.get();
        assertThat(stageThreads()).isEmpty();
        assertThat(attempts).hasValue(attempted);
        assertThat(stage.outcomes()).isEmpty();
    }

    @Test
    void aStageThatDidNotOpenCloses() {
        AsyncStage<SourceRecord, String> stage = new AsyncStage<>(
                STAGE,
                () -> {
                    throw new Misconfiguration("no such model");
                },
                concurrency(1));

        assertThatThrownBy(() -> stage.open(null)).isInstanceOf(Misconfiguration.class);
        assertThatCode(stage::close).doesNotThrowAnyException();
    }

    /** Flink ends the process with a thread that ends by an exception. */
    @Test
    void aResultThatTheEndingTaskRefusesIsDroppedAndItsThreadGoesOn() throws Exception {
        AsyncStage<SourceRecord, String> stage = new AsyncStage<>(STAGE, () -> record -> "value", concurrency(1));
        RefusingTask task = new RefusingTask();
        stage.open(null);

        stage.asyncInvoke(Records.record(1, "key", "one"), task);
        stage.asyncInvoke(Records.record(2, "key", "two"), task);
        task.refused.await();

        stage.close();
        assertThat(task.threads).hasSize(1);
        assertThat(stageThreads()).isEmpty();
    }

    /** Hangs in each call until it is interrupted, or else closed. */
    private static final class HangingWorker implements Worker<SourceRecord, String> {
        private final CountDownLatch hanging;
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile boolean interruptible = true;

        HangingWorker(int calls) {
            hanging = new CountDownLatch(calls);
        }

        @Override
        public String apply(SourceRecord input) {
            calls.incrementAndGet();
            hanging.countDown();
            while (true) {
                try {
                    end.await();
                    throw new IllegalStateException("the connection is closed");
                } catch (InterruptedException e) {
                    if (interruptible) {
                        throw new IllegalStateException("interrupted", e);
                    }
                }
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            if (!interruptible) {
                end.countDown();
            }
        }
    }

    /** A task that takes no more results, but has not closed its stages yet. */
    private static final class RefusingTask implements ResultFuture<Outcome<String>> {
        private final CountDownLatch refused = new CountDownLatch(2);
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        @Override
        public void complete(Collection<Outcome<String>> result) {
            threads.add(Thread.currentThread());
            refused.countDown();
            throw new RejectedExecutionException("the mailbox is quiesced");
        }

        @Override
        public void complete(CollectionSupplier<Outcome<String>> supplier) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void completeExceptionally(Throwable error) {
            throw new UnsupportedOperationException(error);
        }
    }

    private static List<Thread> stageThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tarn-" + STAGE) && thread.isAlive())
                .toList();
    }
}
