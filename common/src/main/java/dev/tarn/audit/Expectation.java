package dev.tarn.audit;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.index.RecordOrder;

/**
 * What one record of the documents topic asks of the index.
 *
 * @param id the document's id
 * @param order the record's place among those of its document
 * @param content what the index is to hold once the record was applied, or null when the record can't be read
 */
public record Expectation(String id, RecordOrder order, ChunkedDocument content) {

    /** Whether the record deletes the document. */
    public boolean isDelete() {
        return content != null && content.isDelete();
    }

    /** The id and the place; never the content. */
    @Override
    public String toString() {
        return "Expectation[" + id + ", " + order + "]";
    }
}
