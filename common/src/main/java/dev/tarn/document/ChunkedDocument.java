package dev.tarn.document;

import dev.tarn.source.SourceRecord;
import dev.tarn.source.Sourced;
import java.util.List;

/**
 * What the index is to hold of a document once this record has been applied.
 *
 * @param source the record
 * @param id the document's id
 * @param document all but the text, or null when the document is deleted
 * @param chunks the chunks in their order, each hash once; empty when the document is deleted
 */
public record ChunkedDocument(SourceRecord source, String id, Document document, List<Chunk> chunks)
        implements Sourced {

    public boolean isDelete() {
        return document == null;
    }

    /** The record's position and the number of chunks; never the content. */
    @Override
    public String toString() {
        return "ChunkedDocument[" + id + ", " + chunks.size() + " chunks, " + source.position() + "]";
    }
}
