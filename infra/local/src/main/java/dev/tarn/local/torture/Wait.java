package dev.tarn.local.torture;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for what nothing announces. */
final class Wait {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Wait() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what the condition in words
     * @throws IllegalStateException when the limit passes first
     */
    static void until(Duration limit, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("after " + limit.toSeconds() + " s it does not hold that " + what);
            }
            pause(PAUSE);
        }
    }

    /**
     * Lets time pass.
     *
     * @throws IllegalStateException when the thread is interrupted
     */
    static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
