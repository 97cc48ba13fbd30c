package dev.tarn.model;

/** How alike two embeddings are, whatever their lengths. */
public final class Cosine {
    private Cosine() {}

    /**
     * The cosine of the angle between two vectors of the same dimension.
     *
     * @return from -1 to 1; 0 where one of them has no direction
     */
    public static double similarity(float[] one, float[] other) {
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            squares += (double) one[i] * one[i];
            otherSquares += (double) other[i] * other[i];
        }
        return product == 0 ? 0 : Math.max(-1, Math.min(1, product / Math.sqrt(squares * otherSquares)));
    }
}
