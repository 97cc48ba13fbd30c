package dev.tarn.jobs.flow;

import dev.tarn.failure.Backoff;
import java.io.Serializable;

/**
 * How much an asynchronous stage does at once, in each subtask.
 *
 * @param concurrency calls under way at once
 * @param inFlight elements that may wait for or be in a call; the stage holds the stream back beyond that
 * @param backoff how long to wait after a transient failure
 */
public record StageSettings(int concurrency, int inFlight, Backoff backoff) implements Serializable {

    public static StageSettings of(int concurrency) {
        return new StageSettings(concurrency, 2 * concurrency, Backoff.DEFAULT);
    }
}
