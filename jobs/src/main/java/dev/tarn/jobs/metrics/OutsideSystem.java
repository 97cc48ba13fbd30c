package dev.tarn.jobs.metrics;

import java.util.Locale;

/** What the stages call. */
public enum OutsideSystem {
    REDIS,
    OLLAMA;

    /** What the label {@code system} says. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
