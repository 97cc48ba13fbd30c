package dev.tarn.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EncodedVectorTest {

    @Test
    void aComponentIsA32BitFloatWithTheLeastSignificantByteFirst() {
        EncodedVector vector = EncodedVector.of(new float[] {1, -2});

        assertThat(vector.bytes()).containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
        assertThat(vector.dimension()).isEqualTo(2);
    }

    @Test
    void theComponentsComeBackBitByBit() {
        float[] components = {Float.MIN_VALUE, -0.0f, Float.MAX_VALUE, Float.NaN, 1 / 3f};

        assertThat(EncodedVector.of(components).floats()).containsExactly(components);
        assertThat(EncodedVector.of(components)).isEqualTo(EncodedVector.of(components.clone()));
    }

    @Test
    void whatCannotBeComparedHasNoDirection() {
        assertThat(EncodedVector.of(new float[] {0, 1e-20f}).hasDirection()).isTrue();
        assertThat(EncodedVector.of(new float[] {Float.MAX_VALUE, 1}).hasDirection())
                .isTrue();
        assertThat(EncodedVector.of(new float[] {0, -0.0f}).hasDirection()).isFalse();
        assertThat(EncodedVector.of(new float[] {1, Float.NaN}).hasDirection()).isFalse();
        assertThat(EncodedVector.of(new float[] {1, Float.NEGATIVE_INFINITY}).hasDirection())
                .isFalse();
        assertThat(EncodedVector.of(new float[0]).hasDirection()).isFalse();
    }

    @Test
    void noComponentIsShown() {
        assertThat(EncodedVector.of(new float[] {17, 4})).hasToString("EncodedVector[2 dimensions]");
    }
}
