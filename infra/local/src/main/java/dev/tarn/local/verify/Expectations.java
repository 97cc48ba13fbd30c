package dev.tarn.local.verify;

import dev.tarn.audit.Expectation;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.Document;
import dev.tarn.document.DocumentParser;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.RecordOrder;
import dev.tarn.json.Json;
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

    /** The place of a record among those of its document; one that can't be read has no version. */
    static RecordOrder order(SourceRecord record) {
        return RecordOrder.of(record.ordering(), version(record));
    }

    private static Long version(SourceRecord record) {
        try {
            return record.isTombstone()
                    ? null
                    : Json.read(record.value(), Document.class).version();
        } catch (PermanentFailure e) {
            return null;
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
            return new Expectation(id, order(record), null);
        }
    }
}
