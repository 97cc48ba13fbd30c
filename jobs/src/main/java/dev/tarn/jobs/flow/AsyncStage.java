package dev.tarn.jobs.flow;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.source.Sourced;
import java.util.ArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.streamrecord.StreamElementSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.function.ThrowingRunnable;

/** Hands elements to the calls of its stage, and emits what becomes of them. */
final class AsyncStage<I extends Sourced, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<I, O>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    private static final String STATE = "in-flight";

    private final String stage;
    private final int capacity;
    private final Recovery recovery;
    private final transient Calls<I, O> calls;
    private final transient InFlight<I> inFlight = new InFlight<>();
    private final transient Metrics measured;

    /** Where results are emitted. */
    private final transient MailboxExecutor results;

    /** What the task does between two elements of its input: a checkpoint, for one. */
    private final transient MailboxExecutor betweenInputs;

    private transient ListState<StreamElement> state;
    private transient TaskClients clients;
    private transient long bytes;
    private transient boolean waiting;
    private transient boolean stopped;
    private transient boolean idleLater;

    AsyncStage(
            StreamOperatorParameters<O> parameters,
            String stage,
            WorkerFactory<I, O> factory,
            StageSettings settings,
            Recovery recovery) {
        super(parameters);
        this.stage = stage;
        this.capacity = settings.inFlight();
        this.recovery = recovery;
        measured = Metrics.of(getMetricGroup());
        measured.gauge(MetricName.IN_FLIGHT, inFlight::size);
        measured.counter(MetricName.DEAD_LETTERS);
        calls = new Calls<>(stage, factory, settings, measured, this::fail);
        results = parameters.getMailboxExecutor();
        betweenInputs =
                parameters.getContainingTask().getMailboxExecutorFactory().createExecutor(TaskMailbox.MIN_PRIORITY);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        if (recovery == Recovery.FROM_STATE) {
            state = context.getOperatorStateStore()
                    .getListState(new ListStateDescriptor<>(
                            STATE,
                            new StreamElementSerializer<I>(
                                    getOperatorConfig().getTypeSerializerIn(0, getUserCodeClassloader()))));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        clients = TaskClients.lease(getContainingTask().getEnvironment(), this);
        calls.open(clients);
        if (state != null) {
            for (StreamElement element : state.get()) {
                submit(element.asRecord());
            }
        }
    }

    /** Takes the element, always; where that fills the stage, the task takes no other before there is room. */
    @Override
    public void processElement(StreamRecord<I> element) {
        submit(element.copy(element.getValue())); // the next element may come in the same container
        if (isFull() && !waiting) {
            waiting = true;
            post(betweenInputs, this::waitForRoom);
        }
    }

    private boolean isFull() {
        return inFlight.size() >= capacity || bytes >= StageSettings.MOST_BYTES;
    }

    private void waitForRoom() throws InterruptedException {
        while (isFull() && !stopped && !getContainingTask().isCanceled()) {
            betweenInputs.yield();
        }
        waiting = false;
    }

    private void submit(StreamRecord<I> element) {
        bytes += element.getValue().source().bytes();
        long number = inFlight.add(element);
        calls.submit(element.getValue(), (value, refusal) -> post(results, () -> emit(number, value, refusal)));
    }

    private void emit(long number, O value, RuntimeException refusal) throws Exception {
        if (stopped) {
            return;
        }
        StreamRecord<I> element = inFlight.remove(number);
        bytes -= element.getValue().source().bytes();
        if (refusal == null) {
            output.collect(element.replace(value));
        } else {
            DeadLetter deadLetter = DeadLetter.of(element.getValue().source(), stage, refusal);
            output.collect(Stages.DEAD_LETTERS, element.replace(deadLetter));
            measured.deadLetter(deadLetter.errorClass());
        }
        emitWatermark();
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        inFlight.hold(watermark);
        emitWatermark();
    }

    private void emitWatermark() throws Exception {
        var released = inFlight.release();
        if (released.isPresent()) {
            super.processWatermark(released.get());
        }
        if (idleLater && !inFlight.holdsWatermark()) {
            idleLater = false;
            super.processWatermarkStatus(WatermarkStatus.IDLE);
        }
    }

    /** Idleness waits for the watermarks that came before it, for behind it they would count for nothing. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        if (status.isIdle() && inFlight.holdsWatermark()) {
            idleLater = true;
        } else if (idleLater) {
            idleLater = false;
        } else {
            super.processWatermarkStatus(status);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (state != null) {
            state.update(new ArrayList<>(inFlight.elements()));
        }
    }

    /** Once a job is stopped, what is under way belongs to its savepoint. */
    @Override
    public OperatorSnapshotFutures snapshotState(
            long checkpointId, long timestamp, CheckpointOptions options, CheckpointStreamFactory factory)
            throws Exception {
        OperatorSnapshotFutures snapshot = super.snapshotState(checkpointId, timestamp, options, factory);
        stopped |= options.getCheckpointType() instanceof SavepointType savepoint && savepoint.isSynchronous();
        return snapshot;
    }

    @Override
    public void endInput() throws InterruptedException {
        while (!inFlight.isEmpty()) {
            results.yield();
        }
    }

    @Override
    public void close() throws Exception {
        try {
            calls.close();
        } finally {
            if (clients != null) {
                TaskClients.release(getContainingTask().getEnvironment(), this);
                clients = null;
            }
            super.close();
        }
    }

    private void fail(Throwable failure) {
        getContainingTask()
                .getEnvironment()
                .failExternally(new FlinkRuntimeException("Stage " + stage + " can't go on", failure));
    }

    /** A task that ends refuses mails; what is under way is recovered then, and no input comes that could wait. */
    private static void post(MailboxExecutor mails, ThrowingRunnable<Exception> mail) {
        try {
            mails.execute(mail, "asynchronous stage");
        } catch (RejectedExecutionException e) {
            LOG.debug("A mail comes too late, for the task ends");
        }
    }
}
