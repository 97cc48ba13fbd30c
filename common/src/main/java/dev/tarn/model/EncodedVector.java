package dev.tarn.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A vector as it is sent and stored, so that it is encoded once however many keep it.
 *
 * @param bytes its components as 32-bit floats, each with the least significant byte first
 */
public record EncodedVector(byte[] bytes) {

    /** Encodes these components. */
    public static EncodedVector of(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return new EncodedVector(bytes.array());
    }

    /** The components. */
    public float[] floats() {
        float[] vector = new float[dimension()];
        buffer().asFloatBuffer().get(vector);
        return vector;
    }

    /** The number of components. */
    public int dimension() {
        return bytes.length / Float.BYTES;
    }

    /** Whether it can be compared: it is not zero, and its components are numbers whose squares can be summed up. */
    public boolean hasDirection() {
        ByteBuffer components = buffer();
        double squares = 0;
        for (int i = 0; i < bytes.length; i += Float.BYTES) {
            float component = components.getFloat(i);
            squares += (double) component * component;
        }
        return squares > 0 && squares < Double.POSITIVE_INFINITY;
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedVector that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The dimension; never the content. */
    @Override
    public String toString() {
        return "EncodedVector[" + dimension() + " dimensions]";
    }
}
