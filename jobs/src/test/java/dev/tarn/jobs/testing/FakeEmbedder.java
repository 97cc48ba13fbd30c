package dev.tarn.jobs.testing;

import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingModelInfo;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Embeds a text as its length, and remembers the texts of each call. */
public final class FakeEmbedder implements Embedder {
    private final List<List<String>> calls = new CopyOnWriteArrayList<>();
    private volatile Predicate<List<String>> failing = texts -> false;
    private volatile RuntimeException failure;

    public static float[] vector(String text) {
        return new float[] {text.length(), 1};
    }

    public List<List<String>> calls() {
        return calls;
    }

    /** Fails these calls from now on; they are remembered, too. */
    public void fail(Predicate<List<String>> callsThatFail, RuntimeException with) {
        failing = callsThatFail;
        failure = with;
    }

    /** Fails no call any more, and forgets those before. */
    public void recover() {
        failing = texts -> false;
        calls.clear();
    }

    @Override
    public EmbeddingModelInfo describe() {
        return new EmbeddingModelInfo("fake", "sha256:0", 2);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        calls.add(List.copyOf(texts));
        if (failing.test(texts)) {
            throw failure;
        }
        return texts.stream().map(FakeEmbedder::vector).toList();
    }

    @Override
    public void close() {}
}
