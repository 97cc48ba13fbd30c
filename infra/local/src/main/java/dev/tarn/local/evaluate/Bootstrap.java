package dev.tarn.local.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Confidence intervals by the percentile bootstrap: the questions are drawn again and again, with replacement.
 *
 * @param seed of the draws; the same for each interval
 * @param resamples how often is drawn
 * @see <a href="https://doi.org/10.1007/978-1-4899-4541-9">Efron and Tibshirani, An Introduction to the Bootstrap</a>
 */
public record Bootstrap(long seed, int resamples) {
    private static final double TAIL = 0.025;

    /**
     * Of the mean of these, one for each question.
     *
     * @throws IllegalArgumentException when there are none
     */
    public Interval mean(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there are no questions");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double sum = 0;
            for (int drawn = 0; drawn < values.length; drawn++) {
                sum += values[random.nextInt(values.length)];
            }
            means[i] = sum / values.length;
        }
        Arrays.sort(means);
        int below = (int) (TAIL * resamples);
        double mean = Arrays.stream(values).average().getAsDouble();
        return new Interval(mean, means[below], means[resamples - 1 - below], values.length);
    }
}
