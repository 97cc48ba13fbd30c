package dev.tarn.document;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.Json;
import dev.tarn.source.SourceRecord;
import dev.tarn.text.CleanText;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reads a record of the documents topic.
 *
 * @param maxRecordBytes the largest value that is accepted, in bytes
 * @param maxTextLength the longest text that is accepted, in characters
 */
public record DocumentParser(int maxRecordBytes, int maxTextLength) implements Serializable {
    /** The longest id, in bytes of UTF-8. */
    public static final int MAX_ID_BYTES = 512;

    /** The longest title, in characters. */
    public static final int MAX_TITLE_LENGTH = 4_000;

    /** The longest address, in characters. */
    public static final int MAX_URI_LENGTH = 8_000;

    /** The longest content type, in characters. */
    public static final int MAX_CONTENT_TYPE_LENGTH = 255;

    /** The most fields of the metadata. */
    public static final int MAX_METADATA_FIELDS = 256;

    /** The longest metadata, in characters of compact JSON. */
    public static final int MAX_METADATA_LENGTH = 64_000;

    /** Accepts documents of any size. */
    public static final DocumentParser UNLIMITED = new DocumentParser(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final Pattern COLLECTION = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    /**
     * Reads a document that is to be indexed.
     *
     * @throws PermanentFailure when the record breaks the contract of the topic; the message says how
     */
    public Document parse(SourceRecord record) {
        String id = id(record);
        if (record.value().length > maxRecordBytes) {
            throw new PermanentFailure("the record's value has " + record.value().length + " bytes, more than the "
                    + maxRecordBytes + " that --max-record-bytes allows");
        }
        Document json = Json.read(record.value(), Document.class);
        if (json.id() != null && !json.id().equals(id)) {
            throw new PermanentFailure("the id in the value is not the record's key");
        }
        String text = json.text() == null ? "" : CleanText.of(json.text());
        if (text.isBlank()) {
            throw new PermanentFailure("the document has no text");
        }
        if (text.length() > maxTextLength) {
            throw new PermanentFailure("the text has " + text.length() + " characters, more than the " + maxTextLength
                    + " that --max-text-length allows");
        }
        String collection = json.collection() == null ? Document.DEFAULT_COLLECTION : json.collection();
        requireCollectionName(collection);
        requireLength("title", json.title(), MAX_TITLE_LENGTH);
        requireLength("uri", json.uri(), MAX_URI_LENGTH);
        requireLength("contentType", json.contentType(), MAX_CONTENT_TYPE_LENGTH);
        Map<String, MetadataValue> metadata = json.metadata() == null ? Map.of() : json.metadata();
        requireUsable(metadata);
        return new Document(
                id,
                json.title() == null ? null : CleanText.of(json.title()),
                text,
                json.contentType() == null ? null : CleanText.paired(json.contentType()),
                json.uri() == null ? null : CleanText.paired(json.uri()),
                collection,
                json.version(),
                metadata);
    }

    private static void requireUsable(Map<String, MetadataValue> metadata) {
        if (metadata.values().stream().anyMatch(Objects::isNull)) {
            throw new PermanentFailure("a metadata value is null; leave the field out instead");
        }
        if (metadata.size() > MAX_METADATA_FIELDS) {
            throw new PermanentFailure("the metadata has " + metadata.size() + " fields, more than the "
                    + MAX_METADATA_FIELDS + " that are allowed");
        }
        requireLength("metadata", Json.writeCompact(metadata), MAX_METADATA_LENGTH);
    }

    private static void requireLength(String field, String value, int most) {
        if (value != null && value.length() > most) {
            throw new PermanentFailure("the " + field + " has " + value.length() + " characters, more than the " + most
                    + " that are allowed");
        }
    }

    /**
     * The id of a document or a question: the record's key.
     *
     * @throws PermanentFailure when there is no usable key
     */
    public static String id(SourceRecord record) {
        String id;
        try {
            id = record.keyText().orElse("");
        } catch (CharacterCodingException e) {
            throw new PermanentFailure("the record's key is not UTF-8", e);
        }
        if (id.isEmpty()) {
            throw new PermanentFailure("the record has no key, which is its id");
        }
        if (id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
            throw new PermanentFailure("the record's key has more than " + MAX_ID_BYTES + " bytes");
        }
        return id;
    }

    /**
     * Checks a collection's name.
     *
     * @throws PermanentFailure when it is not 1 to 64 lower-case letters, digits, {@code -} and {@code _}
     */
    public static void requireCollectionName(String collection) {
        if (!COLLECTION.matcher(collection).matches()) {
            throw new PermanentFailure(
                    "a collection's name is 1 to 64 lower-case letters, digits, - and _, and starts with neither - nor _");
        }
    }
}
