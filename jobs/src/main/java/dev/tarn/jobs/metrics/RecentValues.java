package dev.tarn.jobs.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogramStatistics;

/**
 * A histogram of the last values, and of none that is older than a few minutes. Flink's own keeps the last values however
 * old they are: on a quiet topic an alert that rests on it would go on for hours after its cause is gone.
 */
final class RecentValues implements Histogram {
    static final int CAPACITY = 1024;
    static final Duration WINDOW = Duration.ofMinutes(5);

    private final long[] values = new long[CAPACITY];
    private final long[] nanos = new long[CAPACITY];
    private final LongSupplier clock;
    private long count;

    RecentValues() {
        this(System::nanoTime);
    }

    /**
     * Takes the time from this clock.
     *
     * @param clock nanoseconds
     */
    RecentValues(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void update(long value) {
        int at = (int) (count % CAPACITY);
        values[at] = value;
        nanos[at] = clock.getAsLong();
        count++;
    }

    /** How many values there ever were. */
    @Override
    public synchronized long getCount() {
        return count;
    }

    @Override
    public HistogramStatistics getStatistics() {
        return new DescriptiveStatisticsHistogramStatistics(recent());
    }

    private synchronized double[] recent() {
        long now = clock.getAsLong();
        int kept = (int) Math.min(count, CAPACITY);
        double[] recent = new double[kept];
        int size = 0;
        for (int i = 0; i < kept; i++) {
            if (now - nanos[i] <= WINDOW.toNanos()) {
                recent[size] = values[i];
                size++;
            }
        }
        return Arrays.copyOf(recent, size);
    }
}
