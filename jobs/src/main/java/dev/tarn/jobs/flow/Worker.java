package dev.tarn.jobs.flow;

/**
 * What a stage does with one element. Safe for many threads; may block where its stage is asynchronous.
 *
 * @param <I> what comes in
 * @param <O> what goes out
 */
public interface Worker<I, O> extends AutoCloseable {

    /**
     * Turns one element into one.
     *
     * @throws dev.tarn.failure.PermanentFailure when the element will never get through
     * @throws dev.tarn.failure.TransientFailure when it may later
     * @throws dev.tarn.failure.Misconfiguration when no element can
     */
    O apply(I input);

    /** Lets go of what it keeps of an element that failed for now: it has got through since, or never will. */
    default void forget(I input) {}

    /** Closes what was opened for it alone. */
    @Override
    default void close() {}
}
