package dev.tarn.jobs.ingest;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.IndexEvent;
import dev.tarn.index.Plan;
import dev.tarn.index.Receipt;
import dev.tarn.jobs.metrics.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class ReceiptEventsTest {
    private static final Instant PUBLISHED = Instant.parse("2026-01-01T00:00:00Z");
    private static final EmbeddedDocument DOCUMENT = new EmbeddedDocument(
            chunked(at(1), document("a"), "one"),
            new Plan(Plan.State.WRITE, 1, Map.of(), Map.of(), Map.of()),
            List.of());

    private final MetricListener told = new MetricListener();

    @Test
    void aReceiptCountsItsDocumentAndItsChunksAndTellsHowFreshItIs() {
        Receipt receipt = new Receipt(
                "a",
                "default",
                null,
                Receipt.Action.INDEXED,
                7,
                4,
                3,
                2,
                Receipt.Source.of(at(1)),
                PUBLISHED,
                PUBLISHED.plusMillis(250));

        IndexEvent event = new ReceiptEvents(document -> receipt, Metrics.of(told.getMetricGroup())).apply(DOCUMENT);

        assertThat(event.receipt()).isSameAs(receipt);
        assertThat(event.headers()).isEmpty();

        assertThat(count("action", "indexed", "documents")).isEqualTo(1);
        assertThat(count("action", "superseded", "documents")).isZero();
        assertThat(count("outcome", "embedded", "chunks")).isEqualTo(4);
        assertThat(count("outcome", "reused", "chunks")).isEqualTo(3);
        assertThat(count("outcome", "removed", "chunks")).isEqualTo(2);
        assertThat(told.getHistogram("tarn", "freshnessMs")
                        .orElseThrow()
                        .getStatistics()
                        .getMax())
                .isEqualTo(250);
    }

    private long count(String label, String value, String name) {
        return told.getCounter("tarn", label, value, name).orElseThrow().getCount();
    }
}
