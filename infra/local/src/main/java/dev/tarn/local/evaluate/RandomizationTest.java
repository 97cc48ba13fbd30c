package dev.tarn.local.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The paired randomization test, two-sided: how often would a difference of means as large as this come about if it were
 * mere chance which of a question's two scores is whose? Up to {@value #EXACT} questions that differ all the ways to swap
 * are gone through; else some are drawn.
 *
 * @param seed of the draws
 * @param draws how many swaps are drawn
 * @see <a href="https://doi.org/10.1145/1321440.1321528">Smucker, Allan and Carterette, A comparison of statistical
 *     significance tests for information retrieval evaluation</a>
 */
public record RandomizationTest(long seed, int draws) {
    private static final int EXACT = 16;
    private static final double ROUNDING = 1e-12;

    /**
     * The p-value.
     *
     * @param differences one for each question: the score of the one system less that of the other
     */
    public double p(double[] differences) {
        double[] differing =
                Arrays.stream(differences).filter(difference -> difference != 0).toArray();
        double observed = Math.abs(Arrays.stream(differing).sum()) - ROUNDING;
        return differing.length <= EXACT ? exact(differing, observed) : drawn(differing, observed);
    }

    private static double exact(double[] differences, double observed) {
        int ways = 1 << differences.length;
        int asLarge = 0;
        for (int way = 0; way < ways; way++) {
            if (Math.abs(swapped(differences, way)) >= observed) {
                asLarge++;
            }
        }
        return (double) asLarge / ways;
    }

    private double drawn(double[] differences, double observed) {
        SplittableRandom random = new SplittableRandom(seed);
        int asLarge = 0;
        for (int draw = 0; draw < draws; draw++) {
            double sum = 0;
            for (int from = 0; from < differences.length; from += Long.SIZE) {
                long signs = random.nextLong();
                for (int i = from; i < Math.min(from + Long.SIZE, differences.length); i++) {
                    sum += (signs >>> i & 1) == 0 ? differences[i] : -differences[i];
                }
            }
            if (Math.abs(sum) >= observed) {
                asLarge++;
            }
        }
        return (asLarge + 1.0) / (draws + 1.0); // the difference as it was seen is one of the ways
    }

    private static double swapped(double[] differences, int way) {
        double sum = 0;
        for (int i = 0; i < differences.length; i++) {
            sum += (way >>> i & 1) == 0 ? differences[i] : -differences[i];
        }
        return sum;
    }
}
