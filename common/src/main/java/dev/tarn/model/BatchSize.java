package dev.tarn.model;

import java.time.Duration;

/**
 * How many texts go into a call: a power of two that grows while full calls take less than half of {@link #LONG}, or while
 * a batch of twice the size takes less than {@value #PAYS} times as long. It shrinks when a call takes longer and
 * the size does not pay, or fails for now. So a model server that computes text by text gets small calls, behind which
 * nothing waits for long, a question above all; and one that is fast, or far away, gets large ones. Not safe for many
 * threads.
 */
final class BatchSize {
    static final Duration LONG = Duration.ofMillis(150);

    private static final double PAYS = 1.5;
    private static final double NEWEST = 0.3;

    private final int most;

    /** Of full calls, in nanoseconds; by the power of two, 0 where there was none. */
    private final double[] took;

    private int power;

    BatchSize(int most) {
        this.most = most;
        took = new double[Integer.SIZE - Integer.numberOfLeadingZeros(most - 1) + 1];
    }

    int now() {
        return Math.min(most, 1 << power);
    }

    /** A call of so many texts took so long. */
    void took(int texts, long nanos) {
        if (texts != now()) {
            return;
        }
        took[power] = took[power] == 0 ? nanos : NEWEST * nanos + (1 - NEWEST) * took[power];
        boolean pays = power == 0 || took[power] < PAYS * took[power - 1];
        if (took[power] < LONG.toNanos() / 2.0 || pays) {
            power = Math.min(took.length - 1, power + 1);
        } else if (took[power] > LONG.toNanos()) {
            power--;
        }
    }

    /** A call failed for now: perhaps it would have taken too long. */
    void failed() {
        power = Math.max(0, power - 1);
    }
}
