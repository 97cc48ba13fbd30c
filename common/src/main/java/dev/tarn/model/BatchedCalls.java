package dev.tarn.model;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Embeds the texts of many requests in common calls. A text goes at once while the model server is idle. While calls are
 * under way it waits a moment for a batch to fill, and while as many are as are allowed, it waits for one of them. A call
 * that the model refuses is halved until the text at fault is alone; the others get through. A text that waits or is under
 * way already is not embedded a second time, and waits no longer than it would for the request that comes later.
 */
public final class BatchedCalls implements AutoCloseable {
    /** How long a batch that is not full waits while another call is under way. */
    static final Duration LINGER = Duration.ofMillis(2);

    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Embedder embedder;
    private final int concurrency;
    private final Duration linger;
    private final ExecutorService threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TextQueue waiting = new TextQueue();
    private final BatchSize batchSize;
    private final Map<String, TextQueue.Entry> underWay = new ConcurrentHashMap<>();
    private int workers;
    private int calls;
    private boolean closed;

    /**
     * A text's vector to come.
     *
     * @param vector fails as {@link Embedder#embed} does with this text alone
     * @param isShared whether the text was under way already
     */
    public record Call(CompletableFuture<EncodedVector> vector, boolean isShared) {}

    /**
     * Embeds with this model, which it does not close.
     *
     * @param concurrency the most calls under way at once
     * @param batchSize the most texts in one call
     * @param threads makes the threads of the calls
     */
    public BatchedCalls(Embedder embedder, int concurrency, int batchSize, ThreadFactory threads) {
        this(embedder, concurrency, new BatchSize(batchSize, concurrency), LINGER, threads);
    }

    BatchedCalls(Embedder embedder, int concurrency, BatchSize batchSize, Duration linger, ThreadFactory threads) {
        this.embedder = embedder;
        this.linger = linger;
        this.concurrency = concurrency;
        this.batchSize = batchSize;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                IDLE_THREAD.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                threads);
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /** Begins to embed texts: a call for each, in order. */
    public List<Call> embed(List<String> texts) {
        List<Call> begun = new ArrayList<>(texts.size());
        List<TextQueue.Entry> request = new ArrayList<>(texts.size());
        long now = System.nanoTime();
        for (String text : texts) {
            TextQueue.Entry own = new TextQueue.Entry(text, now);
            TextQueue.Entry other = underWay.putIfAbsent(text, own);
            TextQueue.Entry entry = other == null ? own : other;
            request.add(entry);
            begun.add(new Call(entry.vector(), other != null));
        }
        lock.lock();
        try {
            waiting.add(request);
            changed.signal();
            hire();
        } finally {
            lock.unlock();
        }
        return begun;
    }

    private void hire() {
        if (workers < concurrency && waiting.size() > 0 && !closed) {
            workers++;
            threads.execute(this::work);
        }
    }

    /** Makes calls until nothing waits any more. */
    private void work() {
        List<TextQueue.Entry> batch = next();
        while (!batch.isEmpty()) {
            long began = System.nanoTime();
            Outcome outcome = call(batch);
            lock.lock();
            try {
                calls--;
                if (calls == 0) {
                    changed.signal();
                }
                switch (outcome) {
                    case ANSWERED -> batchSize.took(batch.size(), System.nanoTime() - began);
                    case FAILED -> batchSize.failed();
                    case HALVED -> {} // many calls tell nothing of how long one takes
                }
            } finally {
                lock.unlock();
            }
            batch = next();
        }
    }

    /** The next call's texts; none where the worker is to end. */
    private List<TextQueue.Entry> next() {
        lock.lock();
        try {
            while (waiting.size() > 0 && waiting.size() < batchSize.now() && calls > 0) {
                long left = linger.toNanos() - (System.nanoTime() - waiting.oldest());
                if (left <= 0 || changed.awaitNanos(left) < 0) {
                    break;
                }
            }
            List<TextQueue.Entry> batch = closed ? List.of() : waiting.take(batchSize.now());
            if (batch.isEmpty()) {
                workers--;
            } else {
                calls++;
                hire();
            }
            return batch;
        } catch (InterruptedException e) { // closed
            workers--;
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private enum Outcome {
        ANSWERED,
        HALVED,
        FAILED
    }

    private Outcome call(List<TextQueue.Entry> batch) {
        List<float[]> vectors;
        try {
            vectors = embedder.embed(batch.stream().map(TextQueue.Entry::text).toList());
        } catch (PermanentFailure e) {
            if (batch.size() == 1) {
                fail(batch, e);
                return Outcome.ANSWERED;
            }
            int half = batch.size() / 2;
            Outcome first = call(batch.subList(0, half));
            Outcome second = call(batch.subList(half, batch.size()));
            return first == Outcome.FAILED || second == Outcome.FAILED ? Outcome.FAILED : Outcome.HALVED;
        } catch (RuntimeException | Error e) {
            fail(batch, e);
            return e instanceof TransientFailure ? Outcome.FAILED : Outcome.ANSWERED;
        }
        for (int i = 0; i < batch.size(); i++) {
            underWay.remove(batch.get(i).text());
            batch.get(i).vector().complete(EncodedVector.of(vectors.get(i)));
        }
        return Outcome.ANSWERED;
    }

    private void fail(List<TextQueue.Entry> batch, Throwable failure) {
        batch.forEach(entry -> {
            underWay.remove(entry.text());
            entry.vector().completeExceptionally(failure);
        });
    }

    /** Interrupts the calls, and waits for their threads. What waits never comes to anything. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        threads.shutdownNow();
        try {
            threads.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
