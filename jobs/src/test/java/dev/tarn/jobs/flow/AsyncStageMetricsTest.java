package dev.tarn.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.failure.Backoff;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.source.SourceRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.junit.jupiter.api.Test;

class AsyncStageMetricsTest {
    private final Map<String, Metric> told = new ConcurrentHashMap<>();

    @Test
    void theStageTellsWhatIsUnderWayAndWhatOfItWaitsForACall() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Worker<SourceRecord, String> worker = record -> {
            await(answer);
            return StageHarness.shout(record);
        };
        try (StageHarness stage = StageHarness.reporting(task(), worker, StageHarness.concurrency(2))) {
            stage.process("one", "two", "three");
            stage.until(() -> assertThat(gauge(MetricName.WAITING)).isEqualTo(1));
            assertThat(gauge(MetricName.IN_FLIGHT)).isEqualTo(3);

            answer.countDown();
            stage.finish();
            assertThat(gauge(MetricName.IN_FLIGHT)).isEqualTo(0);
            assertThat(gauge(MetricName.WAITING)).isEqualTo(0);
        }
    }

    @Test
    void whatWaitsForItsNextAttemptIsWaiting() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        Worker<SourceRecord, String> worker = record -> {
            if (away.get()) {
                throw StageHarness.outage();
            }
            return StageHarness.shout(record);
        };
        Backoff anHour = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
        try (StageHarness stage = StageHarness.reporting(task(), worker, new StageSettings(2, 4, anHour))) {
            stage.process("one", "two");
            stage.until(() -> assertThat(gauge(MetricName.WAITING)).isEqualTo(2));
            away.set(false);
            stage.process("three");
            stage.until(() -> assertThat(stage.values()).containsExactly("THREE"));
            assertThat(gauge(MetricName.WAITING)).isEqualTo(2);
        }
    }

    @Test
    void aRefusedRecordIsCounted() throws Exception {
        Worker<SourceRecord, String> worker = record -> {
            throw new PermanentFailure("no");
        };
        try (StageHarness stage = StageHarness.reporting(task(), worker, StageHarness.concurrency(2))) {
            assertThat(count(MetricName.DEAD_LETTERS)).isZero();
            stage.process("one", "two");
            stage.finish();

            assertThat(stage.deadLetters()).hasSize(2);
            assertThat(count(MetricName.DEAD_LETTERS)).isEqualTo(2);
        }
    }

    private TaskMetricGroup task() {
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer((metric, name, group) -> told.putIfAbsent(name, metric))
                .build();
        return TaskManagerMetricGroup.createTaskManagerMetricGroup(registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
    }

    private Object gauge(MetricName name) {
        return ((Gauge<?>) told.get(name.text())).getValue();
    }

    private long count(MetricName name) {
        return ((Counter) told.get(name.text())).getCount();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
