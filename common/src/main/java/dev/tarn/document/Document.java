package dev.tarn.document;

import java.util.Map;

/**
 * A document as its producer published it.
 *
 * @param id the record's key, 1 to {@value DocumentParser#MAX_ID_BYTES} bytes of UTF-8
 * @param title shown with every passage and embedded with every chunk, or null
 * @param text what is chunked; null once it has been
 * @param contentType a MIME type, or null
 * @param uri where a reader finds the document, or null
 * @param collection what it is searched in
 * @param version the producer's own order, or null where Kafka's order decides
 * @param metadata what questions can be filtered by; never null
 */
public record Document(
        String id,
        String title,
        String text,
        String contentType,
        String uri,
        String collection,
        Long version,
        Map<String, MetadataValue> metadata) {

    public static final String DEFAULT_COLLECTION = "default";

    public Document withoutText() {
        return new Document(id, title, null, contentType, uri, collection, version, metadata);
    }

    /** The id, collection and version; never the content. */
    @Override
    public String toString() {
        return "Document[id=" + id + ", collection=" + collection + ", version=" + version + "]";
    }
}
