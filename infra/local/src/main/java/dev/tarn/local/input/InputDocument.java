package dev.tarn.local.input;

/**
 * A document that is ready to be published.
 *
 * @param id the record's key
 * @param json the record's value; null deletes the document
 */
public record InputDocument(String id, byte[] json) {}
