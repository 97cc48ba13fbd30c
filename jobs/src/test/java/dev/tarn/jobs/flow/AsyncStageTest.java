package dev.tarn.jobs.flow;

import static dev.tarn.jobs.flow.StageHarness.STAGE;
import static dev.tarn.jobs.flow.StageHarness.concurrency;
import static dev.tarn.jobs.flow.StageHarness.outage;
import static dev.tarn.jobs.flow.StageHarness.shout;
import static dev.tarn.jobs.flow.StageHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.failure.Backoff;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.junit.jupiter.api.Test;

class AsyncStageTest {

    @Test
    void everyElementBecomesItsValue() throws Exception {
        try (StageHarness stage = StageHarness.running(StageHarness::shout)) {
            stage.process("one", "two", "three");
            stage.finish();

            assertThat(stage.values()).containsExactlyInAnyOrder("ONE", "TWO", "THREE");
            assertThat(stage.deadLetters()).isEmpty();
        }
    }

    @Test
    void aPermanentFailureBecomesADeadLetterWithItsStageItsReasonAndItsRecord() throws Exception {
        try (StageHarness stage = StageHarness.running(refusing("bad", new PermanentFailure("too loud")))) {
            stage.process("good", "bad", "better");
            stage.finish();

            assertThat(stage.values()).containsExactlyInAnyOrder("GOOD", "BETTER");
            DeadLetter dead = onlyDeadLetter(stage);
            assertThat(dead.stage()).isEqualTo(STAGE);
            assertThat(dead.reason()).isEqualTo("too loud");
            assertThat(dead.errorClass()).isEqualTo("PermanentFailure");
            assertThat(dead.source()).usingRecursiveComparison().isEqualTo(Records.record(1, "key", "bad"));
        }
    }

    @Test
    void anUnexpectedExceptionBecomesADeadLetterToo() throws Exception {
        try (StageHarness stage = StageHarness.running(refusing("bad", new IllegalStateException("a defect")))) {
            stage.process("bad", "good");
            stage.finish();

            DeadLetter dead = onlyDeadLetter(stage);
            assertThat(dead.reason()).isEqualTo("a defect");
            assertThat(dead.errorClass()).isEqualTo("IllegalStateException");
            assertThat(stage.values()).contains("GOOD");
        }
    }

    @Test
    void aTransientFailureIsTriedAgainUntilItSucceedsWhileOthersOvertake() throws Exception {
        CountDownLatch recovered = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        Worker<SourceRecord, String> worker = record -> {
            if (text(record).equals("stuck") && (attempts.incrementAndGet() <= 5 || recovered.getCount() > 0)) {
                throw outage();
            }
            return shout(record);
        };
        try (StageHarness stage = StageHarness.running(worker)) {
            stage.process("stuck", "one", "two");
            stage.until(() -> assertThat(stage.values()).containsExactlyInAnyOrder("ONE", "TWO"));
            recovered.countDown();
            stage.finish();

            assertThat(stage.values()).hasSize(3).contains("STUCK");
            assertThat(attempts).hasValueGreaterThan(5);
            assertThat(stage.deadLetters()).isEmpty();
        }
    }

    @Test
    void anElementIsForgottenOnceItHasGotThroughOrIsRefusedAndNotBefore() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        Worker<SourceRecord, String> worker = new Worker<>() {
            @Override
            public String apply(SourceRecord record) {
                told.add("tried " + text(record));
                if (told.size() == 1) {
                    throw outage();
                }
                return refusing("bad", new PermanentFailure("refused")).apply(record);
            }

            @Override
            public void forget(SourceRecord record) {
                told.add("forgot " + text(record));
            }
        };
        try (StageHarness stage = StageHarness.running((metrics, clients) -> worker, StageHarness.concurrency(1))) {
            stage.process("good");
            stage.until(() -> assertThat(stage.values()).containsExactly("GOOD"));
            stage.process("bad");
            stage.finish();
        }

        assertThat(told).containsExactly("tried good", "tried good", "forgot good", "tried bad", "forgot bad");
    }

    @Test
    void anOutageOfAllElementsLosesNone() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Worker<SourceRecord, String> worker = record -> {
            if (calls.incrementAndGet() <= 50) {
                throw outage();
            }
            return shout(record);
        };
        try (StageHarness stage = StageHarness.running(worker)) {
            for (int i = 0; i < 20; i++) {
                stage.process("r" + i);
            }
            stage.finish();

            assertThat(stage.values()).hasSize(20).doesNotHaveDuplicates().doesNotContainNull();
        }
    }

    @Test
    void theWaitBetweenAttemptsGrows() throws Exception {
        List<Long> attemptedNanos = new CopyOnWriteArrayList<>();
        Worker<SourceRecord, String> worker = record -> {
            attemptedNanos.add(System.nanoTime());
            if (attemptedNanos.size() < 4) {
                throw outage();
            }
            return shout(record);
        };
        Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1));
        try (StageHarness stage =
                StageHarness.running((metrics, clients) -> worker, new StageSettings(1, 1, backoff))) {
            stage.process("late");
            stage.finish();
        }

        for (int attempt = 1; attempt < 4; attempt++) {
            Duration waited = Duration.ofNanos(attemptedNanos.get(attempt) - attemptedNanos.get(attempt - 1));
            assertThat(waited).isGreaterThanOrEqualTo(Duration.ofMillis(10L << (attempt - 1)));
        }
    }

    @Test
    void aMisconfigurationFailsTheJobWithItsMessage() throws Exception {
        Worker<SourceRecord, String> worker = refusing("any", new Misconfiguration("run: ollama pull all-minilm"));
        try (StageHarness stage = StageHarness.running(worker)) {
            stage.process("any");

            stage.until(() -> assertThat(stage.jobFailure()).hasStackTraceContaining("run: ollama pull all-minilm"));
            assertThat(stage.values()).isEmpty();
            assertThat(stage.deadLetters()).isEmpty();
        }
    }

    @Test
    void anErrorOfTheJavaMachineFailsTheJobAndLosesNoElement() throws Exception {
        Worker<SourceRecord, String> worker = record -> {
            throw new NoClassDefFoundError("dev/tarn/Gone");
        };
        try (StageHarness stage = StageHarness.running(worker)) {
            stage.process("any");

            stage.until(() -> assertThat(stage.jobFailure()).hasRootCauseInstanceOf(NoClassDefFoundError.class));
            assertThat(stage.values()).isEmpty();
            assertThat(stage.deadLetters()).isEmpty();
        }
    }

    @Test
    void anElementThatIsTooDeepForTheStackIsADeadLetterAndTheOthersGoOn() throws Exception {
        Worker<SourceRecord, String> worker = record -> {
            if (shout(record).equals("DEEP")) {
                throw new StackOverflowError();
            }
            return shout(record);
        };
        try (StageHarness stage = StageHarness.running(worker)) {
            stage.process("deep");
            stage.process("flat");
            stage.finish();

            assertThat(stage.values()).containsExactly("FLAT");
            assertThat(stage.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.errorClass()).isEqualTo("StackOverflowError"));
        }
    }

    @Test
    void noMoreCallsThanAllowedAreUnderWayAndNoneOnTheTaskThread() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch go = new CountDownLatch(1);
        Worker<SourceRecord, String> worker = record -> {
            threads.add(Thread.currentThread());
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            awaitUninterrupted(go);
            running.decrementAndGet();
            return shout(record);
        };
        try (StageHarness stage = StageHarness.running((metrics, clients) -> worker, concurrency(2))) {
            stage.process("one", "two", "three");
            stage.until(() -> assertThat(running).hasValue(2));
            go.countDown();
            stage.process("four", "five", "six", "seven", "eight");
            stage.finish();

            assertThat(stage.values()).hasSize(8);
        }
        assertThat(most).hasValue(2);
        assertThat(threads)
                .hasSize(2)
                .doesNotContain(Thread.currentThread())
                .allSatisfy(thread -> assertThat(thread.getName()).startsWith("tarn-" + STAGE));
    }

    @Test
    void whatLeavesHasTheTimestampOfWhatCame() throws Exception {
        try (StageHarness stage = StageHarness.running(refusing("bad", new PermanentFailure("too loud")))) {
            stage.process("good", "good", "bad");
            stage.finish();

            assertThat(stage.output())
                    .containsExactlyInAnyOrder(new StreamRecord<>("GOOD", 0), new StreamRecord<>("GOOD", 1));
            assertThat(stage.sideOutput())
                    .singleElement()
                    .satisfies(dead -> assertThat(dead.getTimestamp()).isEqualTo(2));
        }
    }

    @Test
    void aFullStageTakesNoMoreAndTheTaskGoesOnWithItsOtherWorkMeanwhile() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Worker<SourceRecord, String> worker = record -> {
            awaitUninterrupted(go);
            return shout(record);
        };
        try (StageHarness stage = StageHarness.running((metrics, clients) -> worker, concurrency(1))) {
            stage.offer("one");
            assertThat(stage.mails().hasMail()).isFalse();
            stage.offer("two");
            assertThat(stage.mails().hasMail()).isTrue();
            List<String> valuesAtCheckpoint = new ArrayList<>();
            stage.mails()
                    .put(new Mail(
                            () -> {
                                valuesAtCheckpoint.addAll(stage.values());
                                assertThat(stage.snapshot().getManagedOperatorState())
                                        .isNotEmpty();
                                go.countDown();
                            },
                            TaskMailbox.MIN_PRIORITY,
                            "checkpoint"));

            stage.process("three");
            stage.finish();

            assertThat(valuesAtCheckpoint).isEmpty();
            assertThat(stage.values()).containsExactlyInAnyOrder("ONE", "TWO", "THREE");
        }
    }

    private static DeadLetter onlyDeadLetter(StageHarness stage) {
        assertThat(stage.deadLetters()).hasSize(1);
        return stage.deadLetters().get(0);
    }

    private static Worker<SourceRecord, String> refusing(String value, RuntimeException failure) {
        return record -> {
            if (text(record).equals(value)) {
                throw failure;
            }
            return shout(record);
        };
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
