package dev.tarn.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.testing.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The commit protocol under fire: thousands of random {@link Schedule}s of the real code on a real Redis.
 *
 * <p>{@code -Dtarn.schedules=N} runs another number of them, {@code -Dtarn.schedule=SEED} just one.
 */
class CommitProtocolSchedulesTest {
    private static final int WORKERS = 2;
    private static final int SCHEDULES = 3_000;

    @Test
    void theIndexEqualsItsTopicWhateverFails() throws Exception {
        Long only = Long.getLong("tarn.schedule");
        long first = only == null ? 0 : only;
        long end = only == null ? Integer.getInteger("tarn.schedules", SCHEDULES) : only + 1;
        AtomicLong nextSeed = new AtomicLong(first);
        System.out.println("schedules with seeds " + first + " to " + (end - 1));
        List<String> failures = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try (RedisServer server = RedisServer.start()) {
            List<Callable<Void>> workers = new ArrayList<>();
            for (int database = 0; database < WORKERS; database++) {
                int number = database;
                workers.add(() -> {
                    try (WatchedIndex index = new WatchedIndex(server.uri(), number)) {
                        for (long seed = nextSeed.getAndIncrement(); seed < end; seed = nextSeed.getAndIncrement()) {
                            run(seed, index, failures);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> worker : threads.invokeAll(workers)) {
                worker.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(failures).isEmpty();
    }

    private static void run(long seed, WatchedIndex index, List<String> failures) {
        try {
            new Schedule(seed, index).run();
        } catch (AssertionError | RuntimeException e) {
            String failure = "seed " + seed + ": " + e + (e.getCause() == null ? "" : " by " + e.getCause()) + "\n"
                    + index.trace();
            synchronized (failures) {
                failures.add(failure);
            }
        }
    }
}
