package dev.tarn.local.stack;

import java.util.Locale;

/** The processes that the stack may start. They stop in this order: first those that use the others. */
public enum Part {
    TASKMANAGER,
    /** A second TaskManager, which only {@link Stack#restart} starts. */
    SPARE_TASKMANAGER,
    JOBMANAGER,
    BROKER,
    REDIS,
    /** A second Redis, empty and used by nobody, which only {@link Stack#restart} starts. */
    SPARE_REDIS;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
