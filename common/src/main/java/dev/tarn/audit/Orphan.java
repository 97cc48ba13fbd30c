package dev.tarn.audit;

/**
 * What lies in the index and belongs to no document as it is now.
 *
 * @param kind what it is
 * @param documentId the document that it was written for
 * @param element its name
 * @param collection of the vector, or null
 */
public record Orphan(Kind kind, String documentId, String element, String collection) {

    /** What lies there. */
    public enum Kind {
        /** A chunk's text that no manifest lists. */
        PAYLOAD,
        /** A vector that no manifest lists. */
        VECTOR,
        /** An entry in a manifest of something that is to be removed. */
        GARBAGE
    }

    /** For a person. */
    public String describe() {
        return switch (kind) {
            case PAYLOAD -> "the payload of " + element + " is not listed";
            case VECTOR -> "the vector of " + element + " in collection " + collection + " is not listed";
            case GARBAGE -> element + " was to be removed";
        };
    }
}
