package dev.tarn.model;

import java.time.Duration;

/**
 * How many texts go into a call: a power of two that grows while full calls take less than half of {@link #LONG}, or while
 * a batch of twice the size takes less than {@value #PAYS} times as long. It shrinks when a call takes longer and
 * the size does not pay, or fails for now. So a model server that computes text by text gets small calls, behind which
 * nothing waits for long, a question above all; and one that is fast, or far away, gets large ones.
 *
 * <p>What a smaller size takes is measured again after {@value #KNOWN_FOR} calls: a server that was slow for a while would
 * be compared with that for ever. Not safe for many threads.
 */
final class BatchSize {
    static final Duration LONG = Duration.ofMillis(150);

    private static final double PAYS = 1.5;
    private static final double NEWEST = 0.3;
    private static final int KNOWN_FOR = 300;

    private final int most;

    /** Of full calls, in nanoseconds; by the power of two, 0 where there was none. */
    private final double[] took;

    /** Which full call told so last. */
    private final int[] told;

    private int calls;
    private int power;

    BatchSize(int most) {
        this.most = most;
        took = new double[Integer.SIZE - Integer.numberOfLeadingZeros(most - 1) + 1];
        told = new int[took.length];
    }

    int now() {
        return Math.min(most, 1 << power);
    }

    /** A call of so many texts took so long. */
    void took(int texts, long nanos) {
        if (texts != now()) {
            return;
        }
        calls++;
        took[power] = isKnown(power) ? NEWEST * nanos + (1 - NEWEST) * took[power] : nanos;
        told[power] = calls;
        if (took[power] < LONG.toNanos() / 2.0 || power == 0) {
            grow();
        } else if (!isKnown(power - 1)) {
            power--;
        } else if (took[power] < PAYS * took[power - 1]) {
            grow();
        } else if (took[power] > LONG.toNanos()) {
            power--;
        }
    }

    private boolean isKnown(int size) {
        return took[size] > 0 && calls - told[size] < KNOWN_FOR;
    }

    private void grow() {
        power = Math.min(took.length - 1, power + 1);
    }

    /** A call failed for now: perhaps it would have taken too long. */
    void failed() {
        power = Math.max(0, power - 1);
    }
}
