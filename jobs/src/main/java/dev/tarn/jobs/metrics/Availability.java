package dev.tarn.jobs.metrics;

import dev.tarn.failure.TransientFailure;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;

/** How the calls of one outside system fare. A call that fails for now is made again, and until then the system is away. */
public final class Availability {
    private final Counter retries;
    private volatile boolean away;

    Availability(Counter retries) {
        this.retries = retries;
    }

    /** Makes the call, and fails as it does. */
    public <T> T call(Supplier<T> call) {
        boolean failed = false;
        try {
            return call.get();
        } catch (TransientFailure e) {
            failed = true;
            retries.inc();
            throw e;
        } finally {
            away = failed;
        }
    }

    /** Makes the call, and measures it in milliseconds if it succeeds. */
    public <T> T call(Histogram milliseconds, Supplier<T> call) {
        long start = System.nanoTime();
        T value = call(call);
        milliseconds.update(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return value;
    }

    boolean isAway() {
        return away;
    }
}
