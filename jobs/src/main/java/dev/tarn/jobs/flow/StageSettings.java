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

    /** The stage holds the stream back, too, while the records under way have so many bytes. */
    static final long MOST_BYTES = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 32);

    /** Elements that wait for a call, so that none is late. */
    private static final int MOST_WAITING = 16;

    public static StageSettings of(int concurrency) {
        return new StageSettings(concurrency, concurrency + Math.min(concurrency, MOST_WAITING), Backoff.DEFAULT);
    }
}
