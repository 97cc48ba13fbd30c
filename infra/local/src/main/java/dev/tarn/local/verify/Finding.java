package dev.tarn.local.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * One difference between the topic and the index.
 *
 * @param kind what it is
 * @param documentId the document, or null where the record has no usable key
 * @param detail what differs, for a person
 * @param partition of the record in the topic, or null where there is none
 * @param offset of the record in the topic, or null where there is none
 */
public record Finding(Kind kind, String documentId, String detail, Integer partition, Long offset) {

    /** What differs. */
    public enum Kind {
        /** The topic has a document that the index does not have. */
        @JsonProperty("missing")
        MISSING,
        /** The index holds an earlier record of a document than the topic's latest. */
        @JsonProperty("stale")
        STALE,
        /** The index holds the record, but not all of it, or something else than it says. */
        @JsonProperty("damaged")
        DAMAGED,
        /** The index has a document that the topic does not have. */
        @JsonProperty("extra")
        EXTRA,
        /** The index has a chunk or a vector that belongs to no document. */
        @JsonProperty("orphan")
        ORPHAN,
        /** The index has not come to the record yet. */
        @JsonProperty("pending")
        PENDING,
        /** The record was refused, and lies in the dead letters. */
        @JsonProperty("dead-letter")
        DEAD_LETTER;

        /** The kind as people and machines read it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
