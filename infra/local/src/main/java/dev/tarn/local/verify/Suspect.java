package dev.tarn.local.verify;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.Verdict;
import dev.tarn.document.Chunker;
import dev.tarn.index.RecordOrder;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.util.List;

/**
 * A record that the index did not hold when it was looked at first.
 *
 * @param id the document's id, or null where the key can't be one
 * @param position where the record stands
 * @param order its place among those of its document, or null without an id
 * @param tombstone whether it deletes the document
 * @param verdict what the index made of it
 */
record Suspect(String id, SourcePosition position, RecordOrder order, boolean tombstone, Verdict verdict) {

    /** What can be compared without the record: whether the index holds it, but not what of it. */
    Expectation again() {
        SourceRecord record = new SourceRecord(position, null, null, List.of());
        return new Expectation(id, order, tombstone ? Chunker.delete(record, id) : null);
    }

    Suspect with(Verdict again) {
        return new Suspect(id, position, order, tombstone, again);
    }

    Finding finding(Finding.Kind kind, String detail) {
        return new Finding(kind, id, detail, position.partition(), position.offset());
    }
}
