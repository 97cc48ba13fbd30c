package dev.tarn.testing;

import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Embeddings without a model: each word has a random direction drawn from its hash, and a text has the direction of the sum
 * of its words. Texts that share words are near; texts that share none are about orthogonal.
 */
final class BagOfWords {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final int dimension;

    BagOfWords(int dimension) {
        this.dimension = dimension;
    }

    /** A vector of length 1, the same on every machine. */
    double[] embed(String text) {
        double[] sum = new double[dimension];
        WORD.matcher(text.toLowerCase(Locale.ROOT)).results().forEach(word -> add(word.group(), sum));
        if (length(sum) == 0) {
            add(text, sum);
        }
        double length = length(sum);
        for (int i = 0; i < dimension; i++) {
            sum[i] /= length;
        }
        return sum;
    }

    private static void add(String word, double[] sum) {
        Random random = new Random(word.hashCode());
        for (int i = 0; i < sum.length; i++) {
            sum[i] += random.nextGaussian();
        }
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double component : vector) {
            squares += component * component;
        }
        return Math.sqrt(squares);
    }
}
