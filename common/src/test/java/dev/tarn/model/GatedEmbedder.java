package dev.tarn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** Embeds a text as its length, each call only when it is let through, and remembers the texts of each. */
final class GatedEmbedder implements Embedder {
    private final List<List<String>> calls = new CopyOnWriteArrayList<>();
    private final Semaphore gate = new Semaphore(0);
    private volatile Predicate<List<String>> failing = texts -> false;
    private volatile RuntimeException failure;

    /** The calls that were begun. */
    List<List<String>> calls() {
        return calls;
    }

    void letThrough(int more) {
        gate.release(more);
    }

    /** Lets no call through any more. */
    void takeBack() {
        gate.drainPermits();
    }

    void fail(Predicate<List<String>> callsThatFail, RuntimeException with) {
        failing = callsThatFail;
        failure = with;
    }

    @Override
    public EmbeddingModelInfo describe() {
        return new EmbeddingModelInfo("gated", "sha256:0", 1);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        calls.add(List.copyOf(texts));
        try {
            gate.acquire();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        if (failing.test(texts)) {
            throw failure;
        }
        List<float[]> vectors = new ArrayList<>();
        texts.forEach(text -> vectors.add(new float[] {text.length()}));
        return vectors;
    }

    @Override
    public void close() {}
}
