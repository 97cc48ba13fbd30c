package dev.tarn.jobs.flow;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.source.Sourced;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Puts stages into a graph. A stage's name is its uid and its name in the web UI, and what its dead letters say; each
 * stage has the side output {@link #DEAD_LETTERS}.
 */
public final class Stages {
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

    private static final long NO_TIMEOUT = 0;

    private Stages() {}

    /** A stage that computes only. */
    public static <I extends Sourced, O> SingleOutputStreamOperator<O> sync(
            DataStream<I> input, String stage, WorkerFactory<I, O> factory, Class<O> output) {
        return input.process(new SyncStage<>(stage, factory), TypeInformation.of(output))
                .uid(stage)
                .name(stage);
    }

    /**
     * A stage that calls an outside system. Elements may overtake each other: the index orders what belongs together.
     */
    public static <I extends Sourced, O> SingleOutputStreamOperator<O> async(
            DataStream<I> input, String stage, WorkerFactory<I, O> factory, StageSettings settings, Class<O> output) {
        return AsyncDataStream.unorderedWait(
                        input,
                        new AsyncStage<>(stage, factory, settings),
                        NO_TIMEOUT,
                        TimeUnit.MILLISECONDS,
                        settings.inFlight())
                .returns(Outcome.typeOf(output))
                .uid(stage)
                .name(stage)
                .process(new SplitOutcome<>(), TypeInformation.of(output))
                .uid(stage + "-outcome")
                .name(stage + " outcome");
    }
}
