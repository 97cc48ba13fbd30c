package dev.tarn.index;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tarn.source.SourcePosition;
import java.time.Instant;

/**
 * What became of one record of the documents topic.
 *
 * @param documentId the document
 * @param collection what it is searched in, or null for a delete
 * @param version the producer's version, or null
 * @param action what happened
 * @param chunks how many chunks the record's text has
 * @param embedded how many of them were embedded for it
 * @param reused how many of them the index held already, or have a text that was embedded before in any document
 * @param removed how many chunks of the version before are gone
 * @param source where the record stands
 * @param publishedAt the record's timestamp
 * @param indexedAt when the index had it
 */
public record Receipt(
        String documentId,
        String collection,
        Long version,
        Action action,
        int chunks,
        int embedded,
        int reused,
        int removed,
        Source source,
        Instant publishedAt,
        Instant indexedAt) {

    /** What happened to the index. */
    public enum Action {
        /** The record's text is what is found now. */
        @JsonProperty("indexed")
        INDEXED,
        /** The document is no longer found. */
        @JsonProperty("deleted")
        DELETED,
        /** The index held just this already. */
        @JsonProperty("unchanged")
        UNCHANGED,
        /** The index holds a later record of the document. */
        @JsonProperty("superseded")
        SUPERSEDED
    }

    /**
     * The record's place.
     *
     * @param topic the topic
     * @param generation the id Kafka gave the topic when it was created
     * @param partition the partition
     * @param offset the offset in the partition
     */
    public record Source(String topic, String generation, int partition, long offset) {

        public static Source of(SourcePosition position) {
            return new Source(position.topic(), position.generation(), position.partition(), position.offset());
        }

        /** The log within which offsets are ordered. */
        public String log() {
            return SourcePosition.log(topic, generation, partition);
        }
    }
}
