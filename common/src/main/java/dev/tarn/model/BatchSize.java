package dev.tarn.model;

import java.time.Duration;

/**
 * How many texts go into a call: a power of two that grows while twice as many take no longer than {@link #LONG} (tried
 * where full calls take less than half of that), or less than {@value #PAYS} times as long as now. It shrinks when a
 * call takes longer than {@link #LONG} and the size does not pay, or fails for now. So a model server that computes text
 * by text gets small calls, behind which nothing waits for long, a question above all; and one that is fast, or far
 * away, gets large ones.
 *
 * <p>What a size took is forgotten after {@value #KNOWN_FOR} full calls, and measured again where it is to be compared
 * with: else a server that was slow for a while would be compared with that while for ever. Not safe for many threads.
 */
final class BatchSize {
    static final Duration LONG = Duration.ofMillis(250);

    /** Small, for what is slow for a moment may take half as long again with the same texts. */
    private static final double PAYS = 1.25;

    private static final double NEWEST = 0.3;
    private static final int KNOWN_FOR = 300;

    private final int most;
    private final int concurrency;

    /** Of full calls, in nanoseconds; by the power of two, 0 where there was none. */
    private final double[] took;

    /** Which full call told so last. */
    private final int[] told;

    private int calls;
    private int power;

    /**
     * How many of the calls to come wait behind those of another size, so that only a quick one tells anything: behind
     * smaller ones it takes half as long as it will behind its like, or more.
     */
    private int queued;

    /**
     * Begins with one text.
     *
     * @param concurrency how many calls are under way at once
     */
    BatchSize(int most, int concurrency) {
        this.most = most;
        this.concurrency = concurrency;
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
        if (queued > 0) {
            queued--;
            if (isQuick(2.0 * nanos) && !isKnown(power + 1)) {
                become(power + 1);
            }
            return;
        }
        calls++;
        took[power] = isKnown(power) ? NEWEST * nanos + (1 - NEWEST) * took[power] : nanos;
        told[power] = calls;
        become(next());
    }

    private int next() {
        boolean isLargerKnown = isKnown(power + 1);
        if (isLargerKnown ? pays(power + 1) || !isLong(power + 1) : isQuick(took[power])) {
            return power + 1;
        }
        if (power > 0 && !isKnown(power - 1)) {
            return power - 1;
        }
        if (power == 0 || pays(power)) {
            return isLargerKnown ? power : power + 1;
        }
        return isLong(power) ? power - 1 : power;
    }

    private static boolean isQuick(double nanos) {
        return nanos < LONG.toNanos() / 2.0;
    }

    private boolean isLong(int size) {
        return took[size] > LONG.toNanos();
    }

    private boolean isKnown(int size) {
        return size < took.length && took[size] > 0 && calls - told[size] < KNOWN_FOR;
    }

    private boolean pays(int size) {
        return took[size] < PAYS * took[size - 1];
    }

    private void become(int size) {
        int possible = Math.max(0, Math.min(size, took.length - 1));
        queued = possible == power ? 0 : concurrency;
        power = possible;
    }

    /** A call failed for now: perhaps it would have taken too long. */
    void failed() {
        become(power - 1);
    }
}
