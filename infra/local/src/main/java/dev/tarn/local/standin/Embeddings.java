package dev.tarn.local.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The embedding model behind as many workers as there are cores; it loads while the first calls already wait. */
final class Embeddings implements AutoCloseable {
    private static final int CLOSE_SECONDS = 10;

    private final ExecutorService workers;
    private final CompletableFuture<MiniLm> loading;

    Embeddings() {
        workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(), Threads.named("standin-model"));
        loading = CompletableFuture.supplyAsync(MiniLm::load, workers);
    }

    /**
     * The model, waited for if it is still loading.
     *
     * @throws IllegalStateException if it could not be loaded
     */
    MiniLm model() {
        try {
            return loading.join();
        } catch (CompletionException | CancellationException e) {
            throw new IllegalStateException(
                    e.getCause() == null ? "closed" : e.getCause().getMessage(), e);
        }
    }

    /**
     * One vector for each text, in order. A text's vector does not depend on what else is in the call.
     *
     * @throws Refusal if the server is closing
     */
    List<float[]> embed(List<long[]> texts) {
        MiniLm model = model();
        List<Callable<float[]>> tasks = new ArrayList<>(texts.size());
        for (long[] tokens : texts) {
            tasks.add(() -> model.embed(tokens));
        }
        List<float[]> vectors = new ArrayList<>(texts.size());
        try {
            for (Future<float[]> vector : workers.invokeAll(tasks)) {
                vectors.add(vector.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.closing();
        } catch (RejectedExecutionException e) {
            throw Refusal.closing();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        }
        return vectors;
    }

    List<float[]> embedTexts(List<String> texts) {
        MiniLm model = model();
        return embed(
                texts.stream().map(text -> MiniLm.truncate(model.tokens(text))).toList());
    }

    /** Frees the model once nothing runs in it any more: to free it under a running call would end the process. */
    @Override
    public void close() {
        if (workers.isShutdown()) {
            return;
        }
        workers.shutdown();
        try {
            if (workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS) && !loading.isCompletedExceptionally()) {
                loading.join().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
