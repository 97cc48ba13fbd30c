package dev.tarn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
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
    void oneThatWasSlowForAWhileIsNotMeasuredByThatForEver() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            BatchSize any = new BatchSize(32);
            for (int disturbance = 0; disturbance < 20; disturbance++) {
                int slower = 1 + random.nextInt(10);
                after(any, 1 + random.nextInt(10), texts -> 20L * slower * texts);
            }

            after(any, 10 * CALLS, texts -> 20L * texts);

            assertThat(any.now() * 20L)
                    .as("seed %d, round %d", seed, round)
                    .isLessThanOrEqualTo(2 * BatchSize.LONG.toMillis());
        }
    }

    @Test
    void fullBatchesAreSeldomLeftToMeasureSmallerOnes() {
        after(texts -> 900 + texts);
        int smaller = 0;
        for (int i = 0; i < 100 * CALLS; i++) {
            after(size, 1, texts -> 900 + texts);
            smaller += size.now() < 32 ? 1 : 0;
        }

        assertThat(smaller).isLessThan(4 * CALLS);
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
        after(size, CALLS, milliseconds);
        return size.now();
    }

    private static void after(BatchSize size, int calls, IntToLongFunction milliseconds) {
        for (int i = 0; i < calls; i++) {
            size.took(
                    size.now(),
                    Duration.ofMillis(milliseconds.applyAsLong(size.now())).toNanos());
        }
    }
}
