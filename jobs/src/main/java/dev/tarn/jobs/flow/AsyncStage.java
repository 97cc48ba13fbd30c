package dev.tarn.jobs.flow;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.TransientFailure;
import dev.tarn.source.Sourced;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a worker off the task thread, and decides what becomes of its failures. */
final class AsyncStage<I extends Sourced, O> extends RichAsyncFunction<I, Outcome<O>> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AsyncStage.class);

    /** Longer than the reply of a client that can't be interrupted may take, by default. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(6);

    private final String stage;
    private final WorkerFactory<I, O> factory;
    private final StageSettings settings;

    private transient Worker<I, O> worker;
    private transient ExecutorService calls;
    private transient ScheduledExecutorService retries;
    private transient volatile boolean closed;
    private transient volatile boolean outage;

    AsyncStage(String stage, WorkerFactory<I, O> factory, StageSettings settings) {
        this.stage = stage;
        this.factory = factory;
        this.settings = settings;
    }

    /** Opens the clients; an outage at start is waited out here, where nothing is in flight yet. */
    @Override
    public void open(OpenContext context) throws InterruptedException {
        for (int attempt = 1; worker == null; attempt++) {
            try {
                worker = factory.open();
            } catch (TransientFailure e) {
                reportOutage(e);
                Thread.sleep(delay(attempt).toMillis());
            }
        }
        reportRecovery();
        ThreadFactory threads = new ExecutorThreadFactory("tarn-" + stage);
        calls = Executors.newFixedThreadPool(settings.concurrency(), threads);
        retries = Executors.newSingleThreadScheduledExecutor(threads);
    }

    @Override
    public void asyncInvoke(I input, ResultFuture<Outcome<O>> result) {
        submit(input, result, 1);
    }

    private void submit(I input, ResultFuture<Outcome<O>> result, int attempt) {
        try {
            calls.execute(() -> attempt(input, result, attempt));
        } catch (RejectedExecutionException e) {
            requireClosed(e);
        }
    }

    private void attempt(I input, ResultFuture<Outcome<O>> result, int attempt) {
        Outcome<O> outcome;
        try {
            outcome = Outcome.of(worker.apply(input));
            reportRecovery();
        } catch (TransientFailure e) {
            if (!closed) {
                reportOutage(e);
                retryLater(input, result, attempt);
            }
            return;
        } catch (Misconfiguration | Error e) { // an error that ends a Flink thread ends the TaskManager
            complete(() -> result.completeExceptionally(e));
            return;
        } catch (RuntimeException e) {
            outcome = Outcome.failed(DeadLetter.of(input.source(), stage, e));
        }
        Outcome<O> completed = outcome;
        complete(() -> result.complete(List.of(completed)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled reports through its result future
    private void retryLater(I input, ResultFuture<Outcome<O>> result, int attempt) {
        try {
            retries.schedule(
                    () -> submit(input, result, attempt + 1), delay(attempt).toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            requireClosed(e);
        }
    }

    private Duration delay(int attempt) {
        return settings.backoff().delay(attempt, ThreadLocalRandom.current());
    }

    /**
     * A result that comes while the task ends is dropped: its input is in the checkpoint, and comes again. A task refuses
     * results before it closes its stages.
     */
    private void complete(Runnable completion) {
        if (closed) {
            return;
        }
        try {
            completion.run();
        } catch (RejectedExecutionException e) {
            LOG.debug("Stage {} drops a result, for the task ends", stage);
        }
    }

    private void requireClosed(RejectedExecutionException e) {
        if (!closed) {
            throw e;
        }
    }

    /** One line when an outage begins, and one when it ends, however many elements wait. */
    private void reportOutage(TransientFailure failure) {
        if (!outage) {
            outage = true;
            LOG.warn("Stage {} waits: {}", stage, failure.getMessage());
        }
    }

    private void reportRecovery() {
        if (outage) {
            outage = false;
            LOG.info("Stage {} goes on", stage);
        }
    }

    /** Interrupts the calls, closes their clients, and sees that no thread outlives the task and its class loader. */
    @Override
    public void close() {
        closed = true;
        if (calls != null) {
            retries.shutdownNow();
            calls.shutdownNow();
        }
        if (worker != null) {
            worker.close();
        }
        if (calls != null) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            boolean ended = retries.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    && calls.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                LOG.warn("Stage {} leaves a call behind that does not end", stage);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
