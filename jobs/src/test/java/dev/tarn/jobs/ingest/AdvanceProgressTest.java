package dev.tarn.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.index.IndexProgress;
import dev.tarn.jobs.testing.FakeProgress;
import java.util.Map;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.apache.flink.testutils.junit.SharedReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdvanceProgressTest {
    @RegisterExtension
    final SharedObjectsExtension shared = SharedObjectsExtension.create();

    private final FakeProgress progress = new FakeProgress();
    private OneInputStreamOperatorTestHarness<Done, Done> operator;

    @BeforeEach
    void open() throws Exception {
        operator = harness(shared.add(progress));
        operator.open();
    }

    private static OneInputStreamOperatorTestHarness<Done, Done> harness(SharedReference<FakeProgress> progress)
            throws Exception {
        IndexProgress.Opener opener = progress::get;
        return new OneInputStreamOperatorTestHarness<>(new AdvanceProgress(opener));
    }

    @AfterEach
    void close() throws Exception {
        operator.close();
    }

    @Test
    void whatIsDoneCountsOnceEverythingReadBeforeItIsDoneToo() throws Exception {
        done("log", 7, 20);
        checkpoint(1);
        done("log", 5, 10);
        operator.processWatermark(11_000);
        checkpoint(2);

        await().until(() -> progress.reached().equals(Map.of("log", 6L)));
        operator.processWatermark(21_000);
        checkpoint(3);
        await().until(() -> progress.reached().equals(Map.of("log", 8L)));
    }

    @Test
    void nothingCountsBeforeACheckpointHasMadeItsReceiptSafe() throws Exception {
        done("log", 5, 10);
        operator.processWatermark(11_000);
        operator.snapshot(1, 0);
        done("log", 6, 11);
        operator.processWatermark(12_000);
        assertThat(progress.reached()).isEmpty();

        operator.notifyOfCompletedCheckpoint(1);

        await().until(() -> progress.reached().equals(Map.of("log", 6L)));
    }

    @Test
    void eachLogHasItsOwnProgress() throws Exception {
        done("one", 5, 10);
        done("two", 9, 11);
        operator.processWatermark(12_000);
        checkpoint(1);

        await().until(() -> progress.reached().equals(Map.of("one", 6L, "two", 10L)));
    }

    @Test
    void whatComesFromACheckpointSaysNothingOfTheRecordsBeforeIt() throws Exception {
        operator.processElement(new StreamRecord<>(new Done("log", 100)));
        done("log", 5, 10);
        operator.processWatermark(11_000);
        checkpoint(1);

        await().until(() -> progress.reached().equals(Map.of("log", 6L)));
    }

    @Test
    void anOutageLeavesTheProgressToALaterCheckpoint() throws Exception {
        progress.away(true);
        done("log", 5, 10);
        operator.processWatermark(11_000);
        checkpoint(1);
        progress.away(false);
        checkpoint(2);

        await().until(() -> progress.reached().equals(Map.of("log", 6L)));
    }

    @Test
    void aCheckpointThatFailedIsLeftToTheNext() throws Exception {
        done("log", 5, 10);
        operator.processWatermark(11_000);
        operator.snapshot(1, 0);
        done("log", 6, 11);
        operator.processWatermark(12_000);
        checkpoint(2);

        await().until(() -> progress.reached().equals(Map.of("log", 7L)));
    }

    private void done(String log, long offset, long readAt) throws Exception {
        operator.processElement(new StreamRecord<>(new Done(log, offset), readAt * 1_000));
    }

    private void checkpoint(long id) throws Exception {
        operator.snapshot(id, 0);
        operator.notifyOfCompletedCheckpoint(id);
    }
}
