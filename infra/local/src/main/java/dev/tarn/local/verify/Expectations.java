package dev.tarn.local.verify;

import dev.tarn.audit.Expectation;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.Document;
import dev.tarn.document.DocumentParser;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.RecordOrder;
import dev.tarn.source.SourceRecord;
import java.util.Optional;

/** What records ask of the index, by the product's own parser and chunker, whatever their size. */
final class Expectations {
    private final Chunker chunker;

    Expectations(ChunkingSettings chunking) {
        chunker = new Chunker(chunking);
    }

    /** The document's id; empty when the record's key can't be one. */
    static Optional<String> id(SourceRecord record) {
        try {
            return Optional.of(DocumentParser.id(record));
        } catch (PermanentFailure e) {
            return Optional.empty();
        }
    }

    /** What the record asks of the index. */
    Expectation of(String id, SourceRecord record) {
        if (record.isTombstone()) {
            return new Expectation(id, RecordOrder.of(record.ordering(), null), Chunker.delete(record, id));
        }
        try {
            Document document = DocumentParser.UNLIMITED.parse(record);
            ChunkedDocument content = chunker.chunk(record, document);
            return new Expectation(id, RecordOrder.of(record.ordering(), document.version()), content);
        } catch (PermanentFailure e) {
            return new Expectation(id, RecordOrder.of(record), null);
        }
    }
}
