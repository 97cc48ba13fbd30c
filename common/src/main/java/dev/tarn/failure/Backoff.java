package dev.tarn.failure;

import java.io.Serializable;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter in its upper half.
 *
 * @param first the longest wait before the second attempt
 * @param longest what the wait grows to
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and
 *     jitter</a>
 */
public record Backoff(Duration first, Duration longest) implements Serializable {
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    /**
     * How long to wait after a failed attempt.
     *
     * @param attempt how many attempts have failed, from 1
     * @return between half of, and all of, {@code first * 2^(attempt - 1)}, capped at {@code longest}
     */
    public Duration delay(int attempt, RandomGenerator random) {
        double exponential = (double) first.toMillis() * Math.pow(2, attempt - 1.0);
        long cappedMs = (long) Math.min(exponential, (double) longest.toMillis());
        return Duration.ofMillis(cappedMs - random.nextLong(cappedMs / 2 + 1));
    }
}
