package dev.tarn.jobs.flow;

import static dev.tarn.jobs.flow.StageHarness.concurrency;
import static dev.tarn.jobs.flow.StageHarness.outage;
import static dev.tarn.jobs.flow.StageHarness.shout;
import static dev.tarn.jobs.flow.StageHarness.text;
import static org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness.repackageState;
import static org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness.repartitionOperatorState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.source.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class AsyncStageRecoveryTest {
    private static final int MAX_PARALLELISM = 128;
    private static final String[] FIVE = {"a", "b", "c", "d", "e"};

    @Test
    void whatWasUnderWayAtASnapshotIsProcessedAgainWithItsTimestamp() throws Exception {
        CountDownLatch inCalls = new CountDownLatch(2);
        Worker<SourceRecord, String> stuck = record -> {
            if (text(record).equals("done")) {
                return shout(record);
            }
            inCalls.countDown();
            if (text(record).equals("failing")) {
                throw outage();
            }
            return hang();
        };
        OperatorSubtaskState snapshot;
        try (StageHarness before = StageHarness.running((metrics, clients) -> stuck, concurrency(2))) {
            before.process("done");
            before.until(() -> assertThat(before.values()).containsExactly("DONE"));
            before.process("hanging", "failing", "waiting");
            inCalls.await();
            snapshot = before.snapshot();
        }

        try (StageHarness after = StageHarness.restored(snapshot, StageHarness::shout)) {
            after.finish();

            assertThat(after.output())
                    .containsExactlyInAnyOrder(
                            new StreamRecord<>("HANGING", 1),
                            new StreamRecord<>("FAILING", 2),
                            new StreamRecord<>("WAITING", 3));
            assertThat(after.snapshot().getManagedOperatorState())
                    .allSatisfy(handle -> assertThat(
                                    handle.getStateNameToPartitionOffsets().get("in-flight"))
                            .satisfies(state -> assertThat(state.getOffsets()).isEmpty()));
        }
    }

    @Test
    void aStageWhoseSourceGoesBackKeepsNothing() throws Exception {
        OperatorSubtaskState snapshot;
        try (StageHarness before =
                StageHarness.running((metrics, clients) -> record -> hang(), concurrency(4), Recovery.FROM_SOURCE)) {
            before.process(FIVE);
            snapshot = before.snapshot();
        }

        assertThat(snapshot.hasState()).isFalse();
        try (StageHarness after = StageHarness.restored(snapshot, StageHarness::shout)) {
            after.finish();
            assertThat(after.values()).isEmpty();
        }
    }

    @Test
    void eachElementIsRecoveredByOneSubtaskWhenTheJobIsScaledUpAndDown() throws Exception {
        OperatorSubtaskState one = underWay(FIVE);

        List<String> values = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            values.addAll(recovered(repartitionOperatorState(one, MAX_PARALLELISM, 1, 2, subtask)));
        }
        assertThat(values).containsExactlyInAnyOrder("A", "B", "C", "D", "E");

        OperatorSubtaskState two = repackageState(one, underWay("f", "g", "h", "i", "j"));
        assertThat(recovered(repartitionOperatorState(two, MAX_PARALLELISM, 2, 1, 0)))
                .as("more than one subtask may have under way")
                .containsExactlyInAnyOrder("A", "B", "C", "D", "E", "F", "G", "H", "I", "J");
    }

    private static OperatorSubtaskState underWay(String... values) throws Exception {
        try (StageHarness stage = StageHarness.running(record -> hang())) {
            stage.process(values);
            return stage.snapshot();
        }
    }

    private static List<String> recovered(OperatorSubtaskState snapshot) throws Exception {
        try (StageHarness stage = StageHarness.restored(snapshot, StageHarness::shout)) {
            stage.finish();
            return stage.values();
        }
    }

    private static String hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("nobody counts down");
    }
}
