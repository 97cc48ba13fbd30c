package dev.tarn.jobs.metrics;

import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingModelInfo;
import java.util.List;
import org.apache.flink.metrics.Histogram;

/** Measures the calls of an embedder. */
public final class MeteredEmbedder implements Embedder {
    private final Embedder embedder;
    private final Availability ollama;
    private final Histogram milliseconds;
    private final Histogram batch;

    public MeteredEmbedder(Embedder embedder, Metrics metrics) {
        this.embedder = embedder;
        ollama = metrics.system(OutsideSystem.OLLAMA);
        milliseconds = metrics.histogram(MetricName.EMBED);
        batch = metrics.histogram(MetricName.EMBED_BATCH);
    }

    @Override
    public EmbeddingModelInfo describe() {
        return ollama.call(embedder::describe);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        List<float[]> vectors = ollama.call(milliseconds, () -> embedder.embed(texts));
        batch.update(texts.size());
        return vectors;
    }

    @Override
    public void close() {
        embedder.close();
    }
}
