package dev.tarn.local.torture;

import java.util.Random;

/** Embeddings without a model: each word has a random direction, and a text that of the sum of its words. */
final class HashedWords {
    private static final float SMALLEST = 1e-6f;

    private HashedWords() {}

    /** A vector of length 1, the same on every machine. */
    static float[] embed(String text, int dimension) {
        float[] sum = new float[dimension];
        for (String word : text.split("\\W+", -1)) {
            Random random = new Random(word.hashCode());
            for (int i = 0; i < dimension; i += Integer.SIZE) {
                int signs = random.nextInt();
                for (int bit = 0; bit < Integer.SIZE && i + bit < dimension; bit++) {
                    sum[i + bit] += (signs >>> bit & 1) == 0 ? -1 : 1;
                }
            }
        }
        float squares = SMALLEST;
        for (float component : sum) {
            squares += component * component;
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < dimension; i++) {
            sum[i] /= length;
        }
        return sum;
    }
}
