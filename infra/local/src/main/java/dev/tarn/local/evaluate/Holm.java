package dev.tarn.local.evaluate;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's adjustment of p-values for many tests at once: where only those are believed whose adjusted value is below 0.05, the
 * chance that any of them is wrong is below 0.05.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm, A simple sequentially rejective multiple test procedure</a>
 */
final class Holm {
    private Holm() {}

    /** The adjusted values, in the order given. */
    static double[] adjusted(double[] p) {
        int[] ascending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        double greatest = 0;
        for (int i = 0; i < p.length; i++) {
            greatest = Math.max(greatest, Math.min(1, (p.length - i) * p[ascending[i]]));
            adjusted[ascending[i]] = greatest;
        }
        return adjusted;
    }
}
