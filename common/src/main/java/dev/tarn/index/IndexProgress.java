package dev.tarn.index;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;

/**
 * How far the index has come in each log, as the index itself remembers it: every record below that offset has had its
 * effect. It lies beside what it speaks of, so that an index that loses its latest writes loses as much of its progress.
 *
 * <p>Calls block, are safe for many threads, and make one attempt. Each throws {@link
 * dev.tarn.failure.TransientFailure} when the server can't answer now.
 */
public interface IndexProgress extends AutoCloseable {

    /** Opens the progress inside the task that needs it. */
    @FunctionalInterface
    interface Opener extends Serializable {

        /**
         * Opens a client.
         *
         * @throws dev.tarn.failure.TransientFailure when the server can't answer now
         * @throws dev.tarn.failure.Misconfiguration when the settings don't fit the server
         */
        IndexProgress open();
    }

    /**
     * Says where a reader of these logs has to begin, and remembers which server process said so.
     *
     * @return log to the first offset that may be missing; a log that the index knows nothing of is left out
     */
    Map<String, Long> begin(Collection<String> logs);

    /**
     * Whether the server may have lost writes since the logs were begun: it was started again, another took its place, or
     * its data was removed. A reader has to begin again then.
     */
    boolean forgot(Collection<String> logs);

    /**
     * Raises the progress, but not where {@link #forgot} holds.
     *
     * @param complete log to the offset below which every record has had its effect
     */
    void advance(Map<String, Long> complete);

    @Override
    void close();
}
