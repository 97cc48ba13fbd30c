package dev.tarn.question;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A chunk that was found for a question.
 *
 * @param citation its number in the prompt and in the answer, from 1, nearest first
 * @param documentId the document
 * @param version the document's version, or null where the producer gives none
 * @param chunkId the element that holds the chunk
 * @param title the document's title, or null
 * @param uri the document's address, or null
 * @param score cosine similarity to the question, from -1 to 1
 * @param text the chunk, with its neighbours where it has brought some
 * @param legs where it stood in each ranking, or null before it is chosen
 * @param chunks the elements of which the text is, in their order, where it has brought neighbours; else null
 * @param alone the text of the chunk without its neighbours, where it has brought some; else null. No part of an answer
 */
public record Passage(
        int citation,
        String documentId,
        Long version,
        String chunkId,
        String title,
        String uri,
        double score,
        String text,
        @JsonInclude(JsonInclude.Include.NON_NULL) Legs legs,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> chunks,
        @JsonIgnore String alone) {

    /** A passage as it was found. */
    public Passage(
            int citation,
            String documentId,
            Long version,
            String chunkId,
            String title,
            String uri,
            double score,
            String text) {
        this(citation, documentId, version, chunkId, title, uri, score, text, null, null, null);
    }

    /** The same passage in another place. */
    public Passage chosen(int citation, Legs legs) {
        return new Passage(citation, documentId, version, chunkId, title, uri, score, text, legs, chunks, alone);
    }

    /** The same passage with the text of its neighbours. */
    public Passage joined(String joined, List<String> chunks) {
        return new Passage(citation, documentId, version, chunkId, title, uri, score, joined, legs, chunks, text);
    }

    /** The same passage without its neighbours. */
    public Passage withoutNeighbours() {
        return alone == null
                ? this
                : new Passage(citation, documentId, version, chunkId, title, uri, score, alone, legs, null, null);
    }

    /** What it is and how near; never the content. */
    @Override
    public String toString() {
        return "Passage[" + citation + ", " + documentId + ", " + chunkId + ", " + score + "]";
    }
}
