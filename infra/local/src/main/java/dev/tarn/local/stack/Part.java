package dev.tarn.local.stack;

import java.util.Locale;

/** The processes that the stack may start. They stop in this order: first those that use the others. */
enum Part {
    TASKMANAGER,
    JOBMANAGER,
    BROKER,
    REDIS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
