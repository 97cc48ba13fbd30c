package dev.tarn.jobs.metrics;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.index.Candidate;
import dev.tarn.index.Element;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.Receipt;
import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.question.Passage;
import java.util.List;
import java.util.Optional;

/** Measures the calls of an index. */
public final class MeteredIndex implements VectorIndex {
    private final VectorIndex index;
    private final Metrics metrics;
    private final Availability redis;

    public MeteredIndex(VectorIndex index, Metrics metrics) {
        this.index = index;
        this.metrics = metrics;
        redis = metrics.system(OutsideSystem.REDIS);
    }

    @Override
    public Plan plan(ChunkedDocument document) {
        return redis.call(metrics.histogram(MetricName.PLAN), () -> index.plan(document));
    }

    @Override
    public Optional<Receipt> commit(EmbeddedDocument document) {
        return redis.call(metrics.histogram(MetricName.COMMIT), () -> index.commit(document));
    }

    @Override
    public void discard(ChunkedDocument document) {
        redis.call(() -> {
            index.discard(document);
            return null;
        });
    }

    @Override
    public List<Passage> search(Search search) {
        return redis.call(() -> index.search(search));
    }

    @Override
    public List<Candidate> candidates(Search search, int count, int neighbours) {
        return redis.call(() -> index.candidates(search, count, neighbours));
    }

    @Override
    public List<String> texts(List<Element> chunks) {
        return redis.call(() -> index.texts(chunks));
    }

    @Override
    public void close() {
        index.close();
    }
}
