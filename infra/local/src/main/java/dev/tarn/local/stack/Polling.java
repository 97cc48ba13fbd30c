package dev.tarn.local.stack;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for what nothing announces: ask, pause, ask again. */
final class Polling {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Polling() {}

    /**
     * Returns true as soon as the condition holds, false when the limit has passed.
     *
     * @throws StackException if the thread is interrupted
     */
    static boolean until(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting", e);
        }
    }
}
