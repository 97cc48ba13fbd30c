package dev.tarn.jobs.flow;

import static dev.tarn.jobs.flow.StageHarness.awaitNoThreads;
import static dev.tarn.jobs.flow.StageHarness.concurrency;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.tarn.failure.Backoff;
import dev.tarn.source.SourceRecord;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncStageCloseTest {
    @Test
    void closingInterruptsHangingCallsEndsTheThreadsAndClosesTheWorkerOnce() throws Exception {
        HangingWorker worker = new HangingWorker(2);
        StageHarness stage = StageHarness.running((metrics, clients) -> worker, concurrency(2));
        stage.process("one", "two", "three");
        worker.hanging.await();

        stage.close();

        assertThat(worker.interrupted).hasValue(2);
        assertThat(worker.closed).hasValue(1);
        assertThat(worker.calls).hasValue(2);
        assertThat(stage.values()).isEmpty();
        assertThat(stage.jobFailure()).isNull();
        awaitNoThreads();
    }

    @Test
    void aCallThatCannotBeInterruptedEndsWithItsClient() throws Exception {
        HangingWorker worker = new HangingWorker(1);
        worker.interruptible = false;
        StageHarness stage = StageHarness.running((metrics, clients) -> worker, concurrency(1));
        stage.process("one");
        worker.hanging.await();

        stage.close();

        assertThat(stage.values()).isEmpty();
        assertThat(stage.jobFailure()).isNull();
        awaitNoThreads();
    }

    /** Flink closes the last stage of a task first, while the others' calls may be under way. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallThatEndsWithTheClientThatAnotherStageClosedIsNeitherAnOutageNorADeadLetter(boolean isTransient)
            throws Exception {
        MockEnvironment task = MockEnvironment.builder().build();
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch next = new CountDownLatch(1);
        AutoCloseable connection = connected::countDown;
        AtomicInteger calls = new AtomicInteger();
        Worker<SourceRecord, String> hanging = record -> {
            if (calls.incrementAndGet() > 1) {
                next.countDown();
                return "value";
            }
            calling.countDown();
            awaitUninterrupted(connected);
            throw isTransient ? StageHarness.outage() : new IllegalStateException("the connection is closed");
        };
        StageHarness last = StageHarness.inTask(task, (metrics, clients) -> StageHarness::shout, concurrency(1));
        try (StageHarness first = StageHarness.inTask(
                task,
                (metrics, clients) -> {
                    clients.get(AutoCloseable.class, () -> connection);
                    return hanging;
                },
                new StageSettings(1, 4, new Backoff(Duration.ofMillis(2), Duration.ofMillis(2))))) {
            first.process("one", "two");
            calling.await();

            last.close();

            next.await(); // its one thread has done with the call before
            await().during(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(calls).hasValue(2));
            first.until(() -> assertThat(first.jobFailure()).isNull());
            assertThat(first.values()).isEmpty();
            assertThat(first.deadLetters()).isEmpty();
        }
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
        awaitNoThreads();
        assertThat(attempts).hasValue(attempted);
        assertThat(stage.values()).isEmpty();
    }

    @Test
    void aStageThatDidNotOpenCloses() throws Exception {
        StageHarness stage = StageHarness.closed((metrics, clients) -> StageHarness::shout);

        assertThatCode(stage::close).doesNotThrowAnyException();
        awaitNoThreads();
    }

    /** Flink ends the process with a thread that ends by an exception. */
    @Test
    void aResultThatTheEndingTaskRefusesIsDroppedAndItsThreadGoesOn() throws Exception {
        CountDownLatch quiesced = new CountDownLatch(1);
        CountDownLatch applied = new CountDownLatch(3);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Worker<SourceRecord, String> worker = record -> {
            awaitUninterrupted(quiesced);
            threads.add(Thread.currentThread());
            applied.countDown();
            return "value";
        };
        StageHarness stage =
                StageHarness.running((metrics, clients) -> worker, new StageSettings(1, 4, Backoff.DEFAULT));
        stage.process("one", "two", "three");

        stage.mails().quiesce();
        quiesced.countDown();
        applied.await();

        stage.close();
        assertThat(threads).hasSize(1);
        assertThat(stage.values()).isEmpty();
        assertThat(stage.jobFailure()).isNull();
        awaitNoThreads();
    }

    @Test
    void aTaskThatIsCanceledWhileItWaitsForRoomStopsWaiting() throws Exception {
        HangingWorker worker = new HangingWorker(1);
        ConcurrentLinkedQueue<Throwable> ended = new ConcurrentLinkedQueue<>();
        Thread task = new Thread(() -> {
            try (StageHarness stage = StageHarness.running((metrics, clients) -> worker, concurrency(1))) {
                stage.process("one", "two", "three");
            } catch (Throwable e) {
                ended.add(e);
            }
        });
        task.start();
        worker.hanging.await();
        task.interrupt();
        task.join(10_000);

        assertThat(ended).singleElement().isInstanceOf(InterruptedException.class);
        awaitNoThreads();
    }

    /** Hangs in each call until it is interrupted, or else closed. */
    private static final class HangingWorker implements Worker<SourceRecord, String> {
        private final CountDownLatch hanging;
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger interrupted = new AtomicInteger();
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
                    interrupted.incrementAndGet();
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

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
