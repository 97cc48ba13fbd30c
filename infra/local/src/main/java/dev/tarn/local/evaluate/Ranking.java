package dev.tarn.local.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The documents for one question, best first, each once.
 *
 * <p>Scores fall strictly from one to the next, for trec_eval looks at them and not at the order in the file, and breaks ties
 * by ids. Where a system ranks by more than its scores, some are lowered by the least that keeps its order.
 *
 * @param entries best first
 */
public record Ranking(List<Entry> entries) {

    /** A document with its score. */
    public record Entry(String document, float score) {}

    /** The documents of these passages, best first: each is where its best passage is. */
    static Ranking of(List<Hit> hits) {
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        float before = Float.POSITIVE_INFINITY;
        for (Hit hit : hits) {
            if (seen.add(hit.document())) {
                float score = Math.min((float) hit.score(), Math.nextDown(before));
                entries.add(new Entry(hit.document(), score));
                before = score;
            }
        }
        return new Ranking(List.copyOf(entries));
    }

    /** The ids, best first. */
    public List<String> documents() {
        return entries.stream().map(Entry::document).toList();
    }
}
