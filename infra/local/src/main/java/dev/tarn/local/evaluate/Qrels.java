package dev.tarn.local.evaluate;

import java.util.Map;

/**
 * Relevance judgments.
 *
 * @param grades question id to document id to how relevant the document is; above 0 is relevant
 */
public record Qrels(Map<String, Map<String, Integer>> grades) {

    /** The judgments of one question; empty where there are none. */
    public Map<String, Integer> of(String question) {
        return grades.getOrDefault(question, Map.of());
    }

    /** Whether any document is relevant to the question. */
    public boolean hasRelevant(String question) {
        return of(question).values().stream().anyMatch(grade -> grade > 0);
    }
}
