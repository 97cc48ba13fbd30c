package dev.tarn.local.benchmark.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The same thing, measured some times.
 *
 * @param median of an even number of them, the mean of the two in the middle
 * @param count how often it was measured
 */
public record Spread(double median, double min, double max, int count) {

    /**
     * Of these, in any order.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static Spread of(List<Double> samples) {
        return of(samples.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Of these, in any order. */
    public static Spread of(double... samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int upper = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** For a person: the median, and of more than one the least and the most. */
    @Override
    public String toString() {
        return count == 1 ? number(median) : number(median) + " (" + number(min) + " to " + number(max) + ")";
    }

    /** Three figures of what is small, and whole numbers. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
