package dev.tarn.local.evaluate;

import java.util.Locale;

/**
 * A mean over questions, and where it would lie with other questions of the same sort.
 *
 * @param mean of the questions that were asked
 * @param low the lower end of the 95 % confidence interval
 * @param high its upper end
 * @param questions how many there were
 */
public record Interval(double mean, double low, double high, int questions) {

    /** For a table, e.g. {@code 0.412 [0.371, 0.455]}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", mean, low, high);
    }
}
