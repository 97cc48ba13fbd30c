package dev.tarn.local.stack;

import java.util.List;

/** One outside system, given or started. */
interface Service {

    /** What the user calls it. */
    String name();

    /** Where it answers, once it is launched. */
    String address();

    /** Where it came from, in a word. */
    String origin();

    /**
     * Starts what must be started, without waiting for it to be ready.
     *
     * @throws StackException if it can't be started
     */
    void launch();

    /**
     * Returns when it answers.
     *
     * @throws StackException if it does not become ready
     */
    void awaitReady();

    /**
     * Starts a process of it that was killed, with the ports and the data that it had, and returns when it answers.
     *
     * @param arguments for the server, beside those that it always gets
     * @throws StackException if it does not become ready
     */
    void restart(Part part, List<String> arguments);
}
