package dev.tarn.jobs.ingest;

import dev.tarn.document.DocumentParser;
import dev.tarn.document.ParsedDocument;
import dev.tarn.jobs.flow.Worker;
import dev.tarn.source.SourceRecord;

/** Reads a record; one without a value is a delete. */
record ParseDocument(DocumentParser parser) implements Worker<SourceRecord, ParsedDocument> {

    @Override
    public ParsedDocument apply(SourceRecord record) {
        return new ParsedDocument(
                record, DocumentParser.id(record), record.isTombstone() ? null : parser.parse(record));
    }
}
