package dev.tarn.local.benchmark;

import java.util.Arrays;
import java.util.Collection;

/** Many times of the same thing, in milliseconds. */
public final class Latencies {
    private final double[] sorted;

    private Latencies(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of these, in any order; at least one. */
    public static Latencies of(Collection<Double> millis) {
        if (millis.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    /**
     * The least of them that is not exceeded by this share of them (the nearest rank).
     *
     * @param share above 0 and at most 1
     */
    public double percentile(double share) {
        int rank = (int) Math.ceil(share * sorted.length - 1e-9);
        return sorted[Math.max(rank, 1) - 1];
    }

    double p50() {
        return percentile(0.5);
    }

    double p99() {
        return percentile(0.99);
    }

    int count() {
        return sorted.length;
    }
}
