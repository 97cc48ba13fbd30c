package dev.tarn.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentValuesTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // a clock may start anywhere and overflow
    private final RecentValues values = new RecentValues(nanos::get);

    @Test
    void quantilesAreThoseOfWhatWasMeasured() {
        for (int i = 1; i <= 100; i++) {
            values.update(i);
        }

        assertThat(values.getStatistics().getQuantile(0.5)).isEqualTo(50.5);
        assertThat(values.getStatistics().getMin()).isEqualTo(1);
        assertThat(values.getStatistics().getMax()).isEqualTo(100);
        assertThat(values.getCount()).isEqualTo(100);
    }

    @Test
    void whatIsOlderThanTheWindowIsForgottenButCounted() {
        values.update(60_000);
        nanos.addAndGet(RecentValues.WINDOW.toNanos());
        values.update(7);
        assertThat(values.getStatistics().getMax()).isEqualTo(60_000);

        nanos.incrementAndGet();

        assertThat(values.getStatistics().getMax()).isEqualTo(7);
        assertThat(values.getStatistics().size()).isEqualTo(1);
        assertThat(values.getCount()).isEqualTo(2);
    }

    @Test
    void nothingMeasuredIsNoNumberAndNoFailure() {
        assertThat(values.getStatistics().getQuantile(0.95)).isNaN();
        assertThat(values.getStatistics().getMean()).isNaN();
        assertThat(values.getStatistics().size()).isZero();
    }

    @Test
    void ofMoreThanItHoldsItKeepsTheLast() {
        for (int i = 0; i < 2 * RecentValues.CAPACITY; i++) {
            values.update(i);
        }

        assertThat(values.getStatistics().size()).isEqualTo(RecentValues.CAPACITY);
        assertThat(values.getStatistics().getMin()).isEqualTo(RecentValues.CAPACITY);
    }
}
