package dev.tarn.local.benchmark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors as Redis takes them: 32-bit floats, the least significant byte first. */
final class Fp32 {
    private Fp32() {}

    static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }
}
