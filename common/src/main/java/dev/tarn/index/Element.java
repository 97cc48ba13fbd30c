package dev.tarn.index;

/**
 * What holds one chunk of a document. It is written once and never changed.
 *
 * @param documentId the document
 * @param name of the element
 */
public record Element(String documentId, String name) {}
