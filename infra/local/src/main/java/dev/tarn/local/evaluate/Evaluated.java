package dev.tarn.local.evaluate;

import dev.tarn.answer.Evidence;
import dev.tarn.question.Passage;
import dev.tarn.retrieval.RetrievalSettings;
import java.util.List;
import java.util.Map;

/**
 * What one configuration found.
 *
 * @param configuration the configuration
 * @param rankings question id to ranking, in the order of the questions
 * @param passages question id to passages, best first
 * @param milliseconds what each search for these passages took
 */
record Evaluated(
        Configuration configuration,
        Map<String, Ranking> rankings,
        Map<String, List<Hit>> passages,
        List<Double> milliseconds) {

    /** The first of the passages for a question. */
    List<Hit> passages(String question, int most) {
        List<Hit> found = passages.get(question);
        return found.subList(0, Math.min(most, found.size()));
    }

    /** The best score for a question; below any threshold where nothing was found. */
    double bestScore(String question) {
        return passages(question, RetrievalSettings.TOP_K).stream()
                .mapToDouble(Hit::score)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** What the query job would count as evidence; below any threshold where nothing was found. */
    double evidence(TestQuestion question) {
        List<Passage> found = passages(question.id(), RetrievalSettings.TOP_K).stream()
                .map(Hit::passage)
                .toList();
        return found.isEmpty() ? Double.NEGATIVE_INFINITY : Evidence.of(question.text(), found);
    }
}
