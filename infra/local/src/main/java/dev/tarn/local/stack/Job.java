package dev.tarn.local.stack;

import java.util.Set;

/**
 * A job as the cluster lists it.
 *
 * @param state in Flink's words, e.g. RUNNING, RESTARTING, FINISHED, FAILED
 */
public record Job(String id, String name, String state) {

    private static final Set<String> TERMINAL = Set.of("FINISHED", "FAILED", "CANCELED", "SUSPENDED");

    /** True when it has ended, well or not. */
    public boolean ended() {
        return TERMINAL.contains(state);
    }
}
