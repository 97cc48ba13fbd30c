package dev.tarn.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.ParsedDocument;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import org.junit.jupiter.api.Test;

class ChunkDocumentTest {
    private final ChunkDocument chunk = new ChunkDocument(new Chunker(ChunkingSettings.DEFAULT));
    private final SourceRecord record = Records.record(1, "tarns", "{}");

    @Test
    void aDocumentIsCutAndItsTextLetGo() {
        ChunkedDocument chunked = chunk.apply(new ParsedDocument(record, "tarns", Records.document("tarns")));

        assertThat(chunked.source()).isSameAs(record);
        assertThat(chunked.chunks())
                .singleElement()
                .satisfies(only -> assertThat(only.text()).isEqualTo("text"));
        assertThat(chunked.document().text()).isNull();
    }

    @Test
    void aDeleteHasNoChunks() {
        ChunkedDocument chunked = chunk.apply(new ParsedDocument(record, "tarns", null));

        assertThat(chunked.isDelete()).isTrue();
        assertThat(chunked.id()).isEqualTo("tarns");
        assertThat(chunked.chunks()).isEmpty();
    }
}
