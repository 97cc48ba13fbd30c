package dev.tarn.jobs.flow;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.source.Sourced;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Puts stages into a graph. A stage's name is its uid and its name in the web UI, and what its dead letters say; each
 * stage has the side output {@link #DEAD_LETTERS}.
 */
public final class Stages {
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

    private Stages() {}

    /** A stage that computes only. */
    public static <I extends Sourced, O> SingleOutputStreamOperator<O> sync(
            DataStream<I> input, String stage, SerializableSupplier<Worker<I, O>> factory, Class<O> output) {
        return input.process(new SyncStage<>(stage, factory), TypeInformation.of(output))
                .uid(stage)
                .name(stage);
    }

    /**
     * A stage that calls an outside system. Elements may overtake each other: the index orders what belongs together.
     *
     * @param recovery where the elements come from that were under way when the job failed
     */
    public static <I extends Sourced, O> SingleOutputStreamOperator<O> async(
            DataStream<I> input,
            String stage,
            WorkerFactory<I, O> factory,
            StageSettings settings,
            Recovery recovery,
            Class<O> output) {
        return input.transform(
                        stage, TypeInformation.of(output), new AsyncStageFactory<>(stage, factory, settings, recovery))
                .uid(stage);
    }
}
