package dev.tarn.jobs.flow;

import dev.tarn.jobs.metrics.Metrics;
import java.io.Serializable;

/** Opens a worker with its clients, inside the task. */
@FunctionalInterface
public interface WorkerFactory<I, O> extends Serializable {

    /**
     * Opens the worker.
     *
     * @param metrics of its stage, in this subtask
     * @throws dev.tarn.failure.TransientFailure when an outside system can't answer now
     * @throws dev.tarn.failure.Misconfiguration when the settings don't fit the outside systems
     */
    Worker<I, O> open(Metrics metrics);
}
