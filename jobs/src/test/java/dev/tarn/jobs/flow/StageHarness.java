package dev.tarn.jobs.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.failure.Backoff;
import dev.tarn.failure.TransientFailure;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.core.ThrowingRunnable;

/** An asynchronous stage, with the test's thread as the task thread. */
final class StageHarness implements AutoCloseable {
    static final String STAGE = "shout";

    private static final Backoff SHORT = new Backoff(Duration.ofMillis(2), Duration.ofMillis(20));

    private final OneInputStreamOperatorTestHarness<SourceRecord, String> operator;
    private long offset;

    private StageHarness(WorkerFactory<SourceRecord, String> factory, StageSettings settings, Recovery recovery)
            throws Exception {
        this(factory, settings, recovery, MockEnvironment.builder().build());
    }

    private StageHarness(
            WorkerFactory<SourceRecord, String> factory,
            StageSettings settings,
            Recovery recovery,
            MockEnvironment task)
            throws Exception {
        operator = new OneInputStreamOperatorTestHarness<>(
                new AsyncStageFactory<>(STAGE, factory, settings, recovery), serializer(SourceRecord.class), task);
        operator.getExecutionConfig().enableObjectReuse();
        operator.setup(serializer(String.class));
        operator.getEnvironment().setExpectedExternalFailureCause(Throwable.class);
    }

    private static <T> TypeSerializer<T> serializer(Class<T> type) {
        SerializerConfigImpl withoutKryo = new SerializerConfigImpl();
        withoutKryo.setGenericTypes(false);
        return TypeInformation.of(type).createSerializer(withoutKryo);
    }

    static StageSettings concurrency(int calls) {
        return new StageSettings(calls, 2 * calls, SHORT);
    }

    /** A stage that is not open yet. */
    static StageHarness closed(WorkerFactory<SourceRecord, String> factory) throws Exception {
        return new StageHarness(factory, concurrency(4), Recovery.FROM_STATE);
    }

    /** A stage that is open and has one worker. */
    static StageHarness running(Worker<SourceRecord, String> worker) throws Exception {
        return running((metrics, clients) -> worker, concurrency(4));
    }

    static StageHarness running(WorkerFactory<SourceRecord, String> factory, StageSettings settings) throws Exception {
        return running(factory, settings, Recovery.FROM_STATE);
    }

    static StageHarness running(WorkerFactory<SourceRecord, String> factory, StageSettings settings, Recovery recovery)
            throws Exception {
        StageHarness stage = new StageHarness(factory, settings, recovery);
        stage.operator.open();
        return stage;
    }

    /** A stage that reports its metrics to the group of this task. */
    static StageHarness reporting(TaskMetricGroup task, Worker<SourceRecord, String> worker, StageSettings settings)
            throws Exception {
        StageHarness stage = new StageHarness(
                (metrics, clients) -> worker,
                settings,
                Recovery.FROM_STATE,
                MockEnvironment.builder().setMetricGroup(task).build());
        stage.operator.open();
        return stage;
    }

    /** A stage beside others of this task. */
    static StageHarness inTask(
            MockEnvironment task, WorkerFactory<SourceRecord, String> factory, StageSettings settings)
            throws Exception {
        StageHarness stage = new StageHarness(factory, settings, Recovery.FROM_STATE, task);
        stage.operator.open();
        return stage;
    }

    /** A stage that goes on where another one's snapshot was taken. */
    static StageHarness restored(OperatorSubtaskState snapshot, Worker<SourceRecord, String> worker) throws Exception {
        StageHarness stage = new StageHarness((metrics, clients) -> worker, concurrency(4), Recovery.FROM_STATE);
        stage.operator.initializeState(snapshot);
        stage.operator.open();
        return stage;
    }

    /** What the worker of most tests does. */
    static String shout(SourceRecord record) {
        return text(record).toUpperCase(Locale.ROOT);
    }

    static String text(SourceRecord record) {
        return new String(record.value(), UTF_8);
    }

    static TransientFailure outage() {
        return new TransientFailure("the server is away", null);
    }

    /** Processes a record of each value with its offset as the timestamp; where the stage is full, waits for room. */
    void process(String... values) throws Exception {
        for (String value : values) {
            offer(value);
            runMails();
        }
    }

    /** Processes a record without what the task does before the next. */
    void offer(String value) throws Exception {
        operator.processElement(Records.record(offset, "key", value), offset);
        offset++;
    }

    void watermark(long timestamp) throws Exception {
        operator.processWatermark(timestamp);
    }

    void status(WatermarkStatus status) throws Exception {
        operator.processWatermarkStatus(status);
    }

    OperatorSubtaskState snapshot() throws Exception {
        return operator.snapshot(1, 1);
    }

    /** Does the task thread's work until the assertion holds. */
    void until(ThrowingRunnable assertion) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> {
                    runMails();
                    assertion.run();
                });
    }

    private void runMails() throws Exception {
        TaskMailbox mails = mails();
        for (var mail = mails.tryTake(TaskMailbox.MIN_PRIORITY);
                mail.isPresent();
                mail = mails.tryTake(TaskMailbox.MIN_PRIORITY)) {
            mail.get().run();
        }
    }

    TaskMailbox mails() {
        return operator.getTaskMailbox();
    }

    /** Waits for what is in flight, as a bounded input does at its end. */
    void finish() throws Exception {
        operator.endInput();
    }

    List<String> values() {
        return operator.extractOutputValues();
    }

    /** Values, watermarks and their status in the order in which they left. */
    List<Object> output() {
        return List.copyOf(operator.getOutput());
    }

    List<DeadLetter> deadLetters() {
        return sideOutput().stream().map(StreamRecord::getValue).toList();
    }

    List<StreamRecord<DeadLetter>> sideOutput() {
        var deadLetters = operator.getSideOutput(Stages.DEAD_LETTERS);
        return deadLetters == null ? List.of() : List.copyOf(deadLetters);
    }

    /** What failed the job, or null. */
    Throwable jobFailure() {
        return operator.getEnvironment().getActualExternalFailureCause().orElse(null);
    }

    /** Waits until no stage's thread is left: a pool has ended a moment before its last thread has. */
    static void awaitNoThreads() {
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tarn-" + STAGE) && thread.isAlive())
                .toList();
    }

    @Override
    public void close() throws Exception {
        operator.close();
    }
}
