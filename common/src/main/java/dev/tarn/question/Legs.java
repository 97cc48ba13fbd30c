package dev.tarn.question;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Where a passage stood in each of the rankings that it was chosen by, among the candidates.
 *
 * @param dense by cosine similarity
 * @param words by BM25, or null where no word of the question is in it
 * @param fused by both; the score is that of reciprocal rank fusion
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Legs(Leg dense, Leg words, Leg fused) {

    /**
     * A place in a ranking.
     *
     * @param rank from 1
     * @param score what it is ranked by; comparable within one ranking only
     */
    public record Leg(int rank, double score) {}
}
