package dev.tarn.jobs.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.tarn.failure.Backoff;
import dev.tarn.failure.TransientFailure;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.core.ThrowingRunnable;

/** An asynchronous stage inside Flink's operator, with the test's thread as the task thread. */
final class StageHarness implements AutoCloseable {
    static final String STAGE = "shout";

    private static final Backoff SHORT = new Backoff(Duration.ofMillis(2), Duration.ofMillis(20));
    private static final int ANY_PRIORITY = 0;

    private final OneInputStreamOperatorTestHarness<SourceRecord, Outcome<String>> operator;
    private long offset;

    private static SerializerConfigImpl withoutKryo() {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        return config;
    }

    private StageHarness(WorkerFactory<SourceRecord, String> factory, StageSettings settings) throws Exception {
        operator = new OneInputStreamOperatorTestHarness<>(
                new AsyncWaitOperatorFactory<>(
                        new AsyncStage<>(STAGE, factory, settings), 0, settings.inFlight(), OutputMode.UNORDERED),
                TypeInformation.of(SourceRecord.class).createSerializer(withoutKryo()));
        operator.getExecutionConfig().enableObjectReuse();
        operator.setup(Outcome.typeOf(String.class).createSerializer(withoutKryo()));
        operator.getEnvironment().setExpectedExternalFailureCause(Throwable.class);
    }

    static StageSettings concurrency(int calls) {
        return new StageSettings(calls, 2 * calls, SHORT);
    }

    /** A stage that is open and has one worker. */
    static StageHarness running(Worker<SourceRecord, String> worker) throws Exception {
        return running(() -> worker, concurrency(4));
    }

    static StageHarness running(WorkerFactory<SourceRecord, String> factory, StageSettings settings) throws Exception {
        StageHarness stage = new StageHarness(factory, settings);
        stage.operator.open();
        return stage;
    }

    /** A stage that goes on where another one's snapshot was taken. */
    static StageHarness restored(OperatorSubtaskState snapshot, Worker<SourceRecord, String> worker) throws Exception {
        StageHarness stage = new StageHarness(() -> worker, concurrency(4));
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

    /** Processes a record of each value. */
    void process(String... values) throws Exception {
        for (String value : values) {
            operator.processElement(Records.record(offset, "key", value), offset);
            offset++;
        }
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
        TaskMailbox mails = operator.getTaskMailbox();
        for (var mail = mails.tryTake(ANY_PRIORITY); mail.isPresent(); mail = mails.tryTake(ANY_PRIORITY)) {
            mail.get().run();
        }
    }

    /** Waits for what is in flight, as a bounded input does at its end. */
    void finish() throws Exception {
        operator.endInput();
    }

    List<Outcome<String>> outcomes() {
        return operator.extractOutputValues();
    }

    List<String> values() {
        return outcomes().stream().map(Outcome::value).toList();
    }

    /** What failed the job, or null. */
    Throwable jobFailure() {
        return operator.getEnvironment().getActualExternalFailureCause().orElse(null);
    }

    @Override
    public void close() throws Exception {
        operator.close();
    }
}
