package dev.tarn.jobs.flow;

import dev.tarn.source.Sourced;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes a stage inside its task. */
final class AsyncStageFactory<I extends Sourced, O> extends AbstractStreamOperatorFactory<O>
        implements OneInputStreamOperatorFactory<I, O> {
    private static final long serialVersionUID = 1L;

    private final String stage;
    private final WorkerFactory<I, O> factory;
    private final StageSettings settings;
    private final Recovery recovery;

    AsyncStageFactory(String stage, WorkerFactory<I, O> factory, StageSettings settings, Recovery recovery) {
        this.stage = stage;
        this.factory = factory;
        this.settings = settings;
        this.recovery = recovery;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // Flink's signature lets the caller choose the type
    public <T extends StreamOperator<O>> T createStreamOperator(StreamOperatorParameters<O> parameters) {
        return (T) new AsyncStage<>(parameters, stage, factory, settings, recovery);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return AsyncStage.class;
    }
}
