package dev.tarn.jobs.ingest;

import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.IndexEvent;
import dev.tarn.index.Receipt;
import dev.tarn.jobs.flow.Worker;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.source.TraceContext;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;

/** Makes events of a worker's receipts, and counts what they say. */
final class ReceiptEvents implements Worker<EmbeddedDocument, IndexEvent> {
    private final Worker<EmbeddedDocument, Receipt> worker;
    private final Map<Receipt.Action, Counter> documents = new EnumMap<>(Receipt.Action.class);
    private final Counter embedded;
    private final Counter reused;
    private final Counter removed;
    private final Histogram freshness;

    ReceiptEvents(Worker<EmbeddedDocument, Receipt> worker, Metrics metrics) {
        this.worker = worker;
        for (Receipt.Action action : Receipt.Action.values()) {
            documents.put(
                    action, metrics.counter(MetricName.DOCUMENTS, action.name().toLowerCase(Locale.ROOT)));
        }
        embedded = metrics.counter(MetricName.CHUNKS, "embedded");
        reused = metrics.counter(MetricName.CHUNKS, "reused");
        removed = metrics.counter(MetricName.CHUNKS, "removed");
        freshness = metrics.histogram(MetricName.FRESHNESS);
    }

    @Override
    public IndexEvent apply(EmbeddedDocument document) {
        Receipt receipt = worker.apply(document);
        documents.get(receipt.action()).inc();
        embedded.inc(receipt.embedded());
        reused.inc(receipt.reused());
        removed.inc(receipt.removed());
        freshness.update(
                Duration.between(receipt.publishedAt(), receipt.indexedAt()).toMillis());
        return new IndexEvent(receipt, TraceContext.of(document.source().headers()));
    }

    @Override
    public void forget(EmbeddedDocument document) {
        worker.forget(document);
    }

    @Override
    public void close() {
        worker.close();
    }
}
