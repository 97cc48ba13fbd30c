package dev.tarn.jobs.flow;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.source.Sourced;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;

/** Runs a worker that computes only, on the task thread. */
final class SyncStage<I extends Sourced, O> extends ProcessFunction<I, O> {
    private static final long serialVersionUID = 1L;

    private final String stage;
    private final SerializableSupplier<Worker<I, O>> factory;
    private transient Worker<I, O> worker;
    private transient Metrics metrics;

    SyncStage(String stage, SerializableSupplier<Worker<I, O>> factory) {
        this.stage = stage;
        this.factory = factory;
    }

    @Override
    public void open(OpenContext context) {
        metrics = Metrics.of(getRuntimeContext().getMetricGroup());
        metrics.counter(MetricName.DEAD_LETTERS);
        worker = factory.get();
    }

    @Override
    public void processElement(I input, Context context, Collector<O> values) {
        O value;
        try {
            value = worker.apply(input);
        } catch (Misconfiguration e) {
            throw e;
        } catch (RuntimeException e) {
            refuse(input, e, context);
            return;
        } catch (StackOverflowError e) {
            refuse(input, PermanentFailure.tooDeep(e), context);
            return;
        }
        values.collect(value);
    }

    private void refuse(I input, RuntimeException refusal, Context context) {
        DeadLetter deadLetter = DeadLetter.of(input.source(), stage, refusal);
        context.output(Stages.DEAD_LETTERS, deadLetter);
        metrics.deadLetter(deadLetter.errorClass());
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
    }
}
