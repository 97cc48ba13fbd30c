package dev.tarn.local.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Set;

/**
 * What the index must hold of a document, or does hold of it.
 *
 * @param version explicit, or null
 * @param chunks the texts of its chunks, which for documents of the workload are its paragraphs
 */
record ExpectedDocument(Long version, String title, String uri, JsonNode metadata, Set<String> chunks) {

    /** Of a document as it was published. */
    static ExpectedDocument of(JsonNode published) {
        return of(published, Set.of(published.path("text").asText().split(Prose.BREAK, -1)));
    }

    /** Of a document without its text, and the texts of its chunks. */
    static ExpectedDocument of(JsonNode document, Set<String> chunks) {
        JsonNode version = document.path("version");
        return new ExpectedDocument(
                version.isNumber() ? Long.valueOf(version.longValue()) : null,
                document.path("title").asText(),
                document.path("uri").asText(),
                document.path("metadata"),
                chunks);
    }

    /** What differs, in words; never any content. */
    String difference(ExpectedDocument actual) {
        if (!Objects.equals(version, actual.version) || !uri.equals(actual.uri)) {
            return "is version " + actual.version + " (" + actual.uri + "), not " + version + " (" + uri + ")";
        }
        if (!chunks.equals(actual.chunks)) {
            long missing = chunks.stream()
                    .filter(text -> !actual.chunks.contains(text))
                    .count();
            long extra = actual.chunks.stream()
                    .filter(text -> !chunks.contains(text))
                    .count();
            return "lacks " + missing + " chunks and has " + extra + " others";
        }
        if (!metadata.equals(ExpectedDocument::compare, actual.metadata) || !title.equals(actual.title)) {
            return "has other metadata";
        }
        return "";
    }

    /** Numbers are the same by their value: 10 is 1E+1. */
    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }
}
