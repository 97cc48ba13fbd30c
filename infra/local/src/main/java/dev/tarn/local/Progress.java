package dev.tarn.local;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar, on a terminal only. */
final class Progress implements AutoCloseable {
    /** Set by the launcher when standard error is a terminal: Java 17 can only tell for both streams at once. */
    private static final String TERMINAL = "tarn.terminal";

    private static final long UNKNOWN = -1;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** Shows how many of so many documents are done; of an unknown number where that is negative. */
    static Progress of(String task, long documents) {
        return of(task, documents, " docs");
    }

    /**
     * Shows how many of so many are done.
     *
     * @param unit what they are, with a blank before it; or empty
     */
    static Progress of(String task, long steps, String unit) {
        if (!Boolean.getBoolean(TERMINAL)) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps < 0 ? UNKNOWN : steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(unit, 1)
                .build());
    }

    void at(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
