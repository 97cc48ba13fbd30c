package dev.tarn.local.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs tasks on threads that end with them. */
final class InParallel {
    private static final long LAST_TASKS_SECONDS = 10;

    private InParallel() {}

    /**
     * Runs all of them and returns what they return, in order. When it is interrupted no more are begun, and those under way
     * end before it throws.
     */
    static <T> List<T> run(int threads, List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>(tasks.size());
            for (Future<T> done : pool.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(LAST_TASKS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
