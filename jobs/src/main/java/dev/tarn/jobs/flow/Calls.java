package dev.tarn.jobs.flow;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.metrics.Metrics;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of a stage, on threads of their own: its worker is opened here, applied here, and what fails for now is tried
 * again here, for as long as it takes.
 */
final class Calls<I, O> {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    /** Longer than the reply of a client that can't be interrupted may take, by default. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(6);

    private final String stage;
    private final WorkerFactory<I, O> factory;
    private final StageSettings settings;
    private final Metrics metrics;
    private final Consumer<Throwable> broken;

    private final ThreadPoolExecutor calls;
    private final ScheduledThreadPoolExecutor retries;
    private final CountDownLatch opened = new CountDownLatch(1);
    private TaskClients clients;
    private Worker<I, O> worker;
    private volatile boolean closed;
    private volatile boolean outage;

    /**
     * Calls that have not begun.
     *
     * @param broken is told what makes every call fail: a misconfiguration, or an error of the Java machine
     */
    Calls(
            String stage,
            WorkerFactory<I, O> factory,
            StageSettings settings,
            Metrics metrics,
            Consumer<Throwable> broken) {
        this.stage = stage;
        this.factory = factory;
        this.settings = settings;
        this.metrics = metrics;
        this.broken = broken;
        ThreadFactory threads = new ExecutorThreadFactory("tarn-" + stage);
        int threadsOfCalls = settings.concurrency();
        calls = new ThreadPoolExecutor(
                threadsOfCalls, threadsOfCalls, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        retries = new ScheduledThreadPoolExecutor(1, threads);
        metrics.gauge(MetricName.WAITING, this::waiting);
    }

    /**
     * Begins to open the worker; what is submitted meanwhile waits.
     *
     * @param shared the clients of the task
     */
    void open(TaskClients shared) {
        clients = shared;
        retries.execute(() -> open(1));
    }

    private void open(int attempt) {
        try {
            keep(factory.open(metrics, clients));
        } catch (TransientFailure e) {
            waitOut(e, attempt, () -> open(attempt + 1));
        } catch (Throwable e) { // an executor would keep it to itself
            giveUp(e);
        }
    }

    private synchronized void keep(Worker<I, O> opening) {
        if (isClosed()) {
            opening.close();
            return;
        }
        worker = opening;
        reportRecovery();
        opened.countDown();
    }

    /**
     * Applies the worker to the input, unless the calls are closed before.
     *
     * @param done is told the value, or why there never will be one, on the thread of the call
     */
    void submit(I input, BiConsumer<O, RuntimeException> done) {
        submit(input, done, 1);
    }

    private void submit(I input, BiConsumer<O, RuntimeException> done, int attempt) {
        try {
            calls.execute(() -> attempt(input, done, attempt));
        } catch (RejectedExecutionException e) {
            requireClosed(e);
        }
    }

    private void attempt(I input, BiConsumer<O, RuntimeException> done, int attempt) {
        O value = null;
        RuntimeException refusal = null;
        try {
            opened.await();
            value = worker.apply(input);
            reportRecovery();
        } catch (TransientFailure e) {
            waitOut(e, attempt, () -> submit(input, done, attempt + 1));
            return;
        } catch (StackOverflowError e) { // this one element's: something in it nests or repeats without end
            refusal = PermanentFailure.tooDeep(e);
        } catch (InterruptedException
                | Misconfiguration
                | Error e) { // an error that ends a thread ends the TaskManager
            giveUp(e);
            return;
        } catch (RuntimeException e) {
            refusal = e;
        }
        worker.forget(input);
        if (!isClosed()) {
            done.accept(value, refusal);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled reports by itself
    private void waitOut(TransientFailure failure, int attempt, Runnable next) {
        if (isClosed()) {
            return;
        }
        reportOutage(failure);
        Duration delay = settings.backoff().delay(attempt, ThreadLocalRandom.current());
        try {
            retries.schedule(next, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            requireClosed(e);
        }
    }

    private int waiting() {
        return calls.getQueue().size() + retries.getQueue().size();
    }

    private void giveUp(Throwable failure) {
        if (!isClosed()) {
            broken.accept(failure);
        }
    }

    private void requireClosed(RejectedExecutionException e) {
        if (!closed) {
            throw e;
        }
    }

    /** Another stage may have closed the clients of the task: what fails for that is of no interest. */
    private boolean isClosed() {
        return closed || clients.isClosed();
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

    /**
     * Interrupts the calls, closes the task's clients, and sees that no thread outlives the task and its class loader. Nobody
     * is told of anything any more.
     */
    void close() {
        closed = true;
        retries.shutdownNow();
        calls.shutdownNow();
        if (clients != null) {
            clients.close();
        }
        closeWorker();
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

    private synchronized void closeWorker() {
        if (worker != null) {
            worker.close();
        }
    }
}
