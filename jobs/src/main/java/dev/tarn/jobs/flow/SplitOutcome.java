package dev.tarn.jobs.flow;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Values go on, dead letters to the side. */
final class SplitOutcome<T> extends ProcessFunction<Outcome<T>, T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Outcome<T> outcome, Context context, Collector<T> values) {
        if (outcome.deadLetter() == null) {
            values.collect(outcome.value());
        } else {
            context.output(Stages.DEAD_LETTERS, outcome.deadLetter());
        }
    }
}
