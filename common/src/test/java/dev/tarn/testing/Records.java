package dev.tarn.testing;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Document;
import dev.tarn.document.MetadataValue;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records and documents for tests: one topic, one partition, a second between records. */
public final class Records {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Records() {}

    public static SourcePosition at(long offset) {
        return new SourcePosition("documents", "generation-1", 0, offset, START.plusSeconds(offset));
    }

    public static SourceRecord record(SourcePosition position, String key, String value) {
        return new SourceRecord(
                position,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                List.of());
    }

    public static SourceRecord record(long offset, String key, String value) {
        return record(at(offset), key, value);
    }

    /** A document whose chunks are the texts; a chunk's hash is its text without spaces. */
    public static ChunkedDocument chunked(SourcePosition position, Document document, String... texts) {
        List<Chunk> chunks = new ArrayList<>();
        for (String text : texts) {
            chunks.add(new Chunk(chunks.size(), text.replace(' ', '_'), text, text));
        }
        return new ChunkedDocument(
                record(position, document.id(), "{}"), document.id(), document.withoutText(), chunks);
    }

    public static Document document(String id) {
        return document(id, Document.DEFAULT_COLLECTION, null, Map.of());
    }

    public static Document document(String id, String collection, Long version, Map<String, MetadataValue> metadata) {
        return new Document(
                id, "Title of " + id, "text", "text/plain", "https://example.org/" + id, collection, version, metadata);
    }
}
