package dev.tarn.jobs.testing;

import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingModelInfo;
import java.util.ArrayList;
import java.util.List;

/** Embeds a text as its length, and remembers the texts of each call. */
public final class FakeEmbedder implements Embedder {
    private final List<List<String>> calls = new ArrayList<>();
    private boolean closed;

    public static float[] vector(String text) {
        return new float[] {text.length(), 1};
    }

    public List<List<String>> calls() {
        return calls;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public EmbeddingModelInfo describe() {
        return new EmbeddingModelInfo("fake", "sha256:0", 2);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        calls.add(List.copyOf(texts));
        return texts.stream().map(FakeEmbedder::vector).toList();
    }

    @Override
    public void close() {
        closed = true;
    }
}
