package dev.tarn.document;

import dev.tarn.source.SourceRecord;
import dev.tarn.source.Sourced;

/**
 * A record of the documents topic that was understood.
 *
 * @param source the record
 * @param id the document's id
 * @param document the document, or null when it is deleted
 */
public record ParsedDocument(SourceRecord source, String id, Document document) implements Sourced {}
