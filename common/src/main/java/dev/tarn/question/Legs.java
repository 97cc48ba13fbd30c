package dev.tarn.question;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Where a passage stood in each of the rankings that it was chosen by, among the candidates.
 *
 * @param dense by cosine similarity
 * @param words by BM25, or null where no word of the question is in it
 * @param fused by both; the score is that of reciprocal rank fusion. Null without words
 * @param diverse by maximal marginal relevance: the place in the order of choice, and what it counted for then; null without
 *     diversity
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Legs(Leg dense, Leg words, Leg fused, Leg diverse) {

    /** In a ranking by cosine similarity alone. */
    public static Legs dense(int rank, double score) {
        return new Legs(new Leg(rank, score), null, null, null);
    }

    /** The same, chosen for diversity. */
    public Legs diverse(int rank, double score) {
        return new Legs(dense, words, fused, new Leg(rank, score));
    }

    /**
     * A place in a ranking.
     *
     * @param rank from 1
     * @param score what it is ranked by; comparable within one ranking only
     */
    public record Leg(int rank, double score) {}
}
