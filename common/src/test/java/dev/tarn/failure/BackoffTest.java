package dev.tarn.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    @ParameterizedTest
    @CsvSource({"1,50,100", "2,100,200", "3,200,400", "7,3200,6400", "8,5000,10000", "64,5000,10000"})
    void theDelayIsInTheUpperHalfOfWhatDoublesUpToTheLongest(int attempt, long least, long most) {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(BACKOFF.delay(attempt, random).toMillis()).isBetween(least, most);
        }
    }

    @Test
    void delaysAreSpreadSoThatNotAllComeBackAtOnce() {
        Random random = new Random(1);

        long different = IntStream.range(0, 100)
                .mapToObj(i -> BACKOFF.delay(8, random))
                .distinct()
                .count();

        assertThat(different).isGreaterThan(90);
    }

    @Test
    void anOutageMayLastForAnyNumberOfAttempts() {
        assertThat(BACKOFF.delay(Integer.MAX_VALUE, new Random(1)).toMillis()).isBetween(5_000L, 10_000L);
        assertThat(BACKOFF.delay(1_025, new Random(1)).toMillis()).isBetween(5_000L, 10_000L);
    }

    @Test
    void aBackoffMayBeAsShortAsNothing() {
        assertThat(new Backoff(Duration.ZERO, Duration.ZERO).delay(3, new Random(1)))
                .isZero();
        assertThat(new Backoff(Duration.ofSeconds(1), Duration.ofMillis(1))
                        .delay(3, new Random(1))
                        .toMillis())
                .isBetween(0L, 1L);
    }
}
