package dev.tarn.local.verify;

import dev.tarn.audit.IndexedDocument;
import dev.tarn.audit.Orphan;
import dev.tarn.source.SourceRecord;

/** What is done about a finding. Each may find that the index has moved on meanwhile, and do nothing. */
interface Remedy {

    /**
     * Delivers a record that is missing, stale or damaged.
     *
     * @param damaged whether nothing of what the index holds of the document can be relied on
     */
    void deliver(String id, SourceRecord record, boolean damaged);

    /** Removes a document that the topic does not have. */
    void remove(IndexedDocument document);

    /** Removes what belongs to no document. */
    void sweep(Orphan orphan);

    /** Nothing. */
    Remedy NONE = new Remedy() {
        @Override
        public void deliver(String id, SourceRecord record, boolean damaged) {}

        @Override
        public void remove(IndexedDocument document) {}

        @Override
        public void sweep(Orphan orphan) {}
    };
}
