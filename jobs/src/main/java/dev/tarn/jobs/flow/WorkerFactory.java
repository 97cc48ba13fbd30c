package dev.tarn.jobs.flow;

import java.io.Serializable;

/** Opens a worker with its clients, inside the task. */
@FunctionalInterface
public interface WorkerFactory<I, O> extends Serializable {

    /**
     * Opens the worker.
     *
     * @throws dev.tarn.failure.TransientFailure when an outside system can't answer now
     * @throws dev.tarn.failure.Misconfiguration when the settings don't fit the outside systems
     */
    Worker<I, O> open();
}
