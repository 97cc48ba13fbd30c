package dev.tarn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private static final int CALLS = 50;

    private final BatchSize size = new BatchSize(32);

    @Test
    void aFastModelServerGetsFullBatches() {
        assertThat(after(texts -> texts)).isEqualTo(32);
    }

    @Test
    void oneThatTakesLongForAnyCallGetsFullBatches() {
        assertThat(after(texts -> 900 + texts)).isEqualTo(32);
    }

    @Test
    void oneThatTakesLongForEachTextGetsNoMoreThanItAnswersInTime() {
        after(texts -> 20L * texts);

        assertThat(size.now() * 20L).isLessThanOrEqualTo(BatchSize.LONG.toMillis());
        assertThat(size.now()).isGreaterThan(1);
    }

    @Test
    void oneThatBecomesSlowGetsSmallerOnes() {
        after(texts -> texts);

        after(texts -> 1_000L * texts);

        assertThat(size.now()).isLessThanOrEqualTo(2);
    }

    @Test
    void whenCallsFailTheyBecomeSmallerAndGrowAgainAfterwards() {
        after(texts -> texts);
        for (int i = 0; i < CALLS; i++) {
            size.failed();
        }
        assertThat(size.now()).isEqualTo(1);

        assertThat(after(texts -> texts)).isEqualTo(32);
    }

    @Test
    void aCallThatIsNotFullTellsNothing() {
        after(texts -> texts);
        size.took(31, Duration.ofHours(1).toNanos());

        assertThat(size.now()).isEqualTo(32);
    }

    @Test
    void aMostThatIsNoPowerOfTwoIsReached() {
        BatchSize odd = new BatchSize(20);
        for (int i = 0; i < CALLS; i++) {
            odd.took(odd.now(), 1);
        }

        assertThat(odd.now()).isEqualTo(20);
        assertThat(new BatchSize(1).now()).isEqualTo(1);
    }

    /** The size after calls that take so many milliseconds. */
    private int after(IntToLongFunction milliseconds) {
        for (int i = 0; i < CALLS; i++) {
            size.took(
                    size.now(),
                    Duration.ofMillis(milliseconds.applyAsLong(size.now())).toNanos());
        }
        return size.now();
    }
}
