package dev.tarn.redis;

import dev.tarn.failure.PermanentFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors as Redis takes them. */
final class Vectors {
    private Vectors() {}

    /** 32-bit floats, the least significant byte first. */
    static byte[] littleEndian(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    /** Reads what {@link #littleEndian} wrote; null where it is of another dimension. */
    static float[] floats(byte[] bytes, int dimension) {
        if (bytes.length != dimension * Float.BYTES) {
            return null;
        }
        float[] vector = new float[dimension];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    /**
     * Checks what no engine can compare; the query engine would take it without a word and never find it.
     *
     * @throws PermanentFailure when the vector is not of this dimension, or has no direction
     */
    static void require(float[] vector, int dimension) {
        if (vector.length != dimension) {
            throw new PermanentFailure("a vector has " + vector.length + " dimensions, the index " + dimension);
        }
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        if (!(squares > 0 && squares < Double.POSITIVE_INFINITY)) {
            throw new PermanentFailure("a vector has no direction: it is zero, or a component is not a number");
        }
    }
}
