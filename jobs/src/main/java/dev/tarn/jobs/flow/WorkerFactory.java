package dev.tarn.jobs.flow;

import dev.tarn.jobs.metrics.Metrics;
import java.io.Serializable;

/** Opens a worker inside its task. */
@FunctionalInterface
public interface WorkerFactory<I, O> extends Serializable {

    /**
     * Opens the worker.
     *
     * @param metrics of its stage, in this subtask
     * @param clients of its task; they are closed with it
     * @throws dev.tarn.failure.TransientFailure when an outside system can't answer now
     * @throws dev.tarn.failure.Misconfiguration when the settings don't fit the outside systems
     */
    Worker<I, O> open(Metrics metrics, TaskClients clients);
}
