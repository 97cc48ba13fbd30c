package dev.tarn.local.benchmark;

import dev.tarn.model.Embedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Texts a second that the model server embeds when it is called directly. */
final class EmbedRoof {
    private final Embedder embedder;

    EmbedRoof(Embedder embedder) {
        this.embedder = embedder;
    }

    /**
     * How it is called.
     *
     * @param batch texts in a call
     * @param concurrency calls at once
     */
    record Pair(int batch, int concurrency) {
        @Override
        public String toString() {
            return batch + " texts x " + concurrency + " calls";
        }
    }

    /** How fast vectors came, and those of the first so many texts, in their order. */
    record Result(double perSecond, List<float[]> vectors) {}

    /** Embeds all of them once. */
    Result run(List<String> texts, Pair pair) throws InterruptedException, ExecutionException {
        return run(texts, pair, Duration.ofDays(1));
    }

    /** Embeds them in their order, and begins no more calls when the time is up. */
    Result run(List<String> texts, Pair pair, Duration limit) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        List<Callable<List<float[]>>> calls = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += pair.batch()) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + pair.batch()));
            calls.add(() -> System.nanoTime() - start > limit.toNanos() ? List.of() : embedder.embed(batch));
        }
        List<float[]> vectors = new ArrayList<>(texts.size());
        InParallel.run(pair.concurrency(), calls).forEach(vectors::addAll);
        return new Result(vectors.size() / ((System.nanoTime() - start) / 1e9), vectors);
    }
}
