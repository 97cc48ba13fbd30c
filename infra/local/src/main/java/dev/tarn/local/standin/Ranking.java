package dev.tarn.local.standin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How well each candidate answers the question. */
final class Ranking {
    private static final double OVERLAP = 0.20;
    private static final double EXAMPLE = 0.08;
    private static final double PASSAGE = 0.05;
    private static final double TITLE = 0.05;

    private Ranking() {}

    /**
     * A candidate with its marks.
     *
     * @param cosine to the question
     * @param score what the candidates are ranked by
     */
    record Ranked(Candidate candidate, float[] vector, double cosine, double overlap, double score) {}

    static List<Ranked> rank(
            GroundedPrompt prompt, List<Candidate> candidates, float[] question, List<float[]> vectors) {
        Set<String> asked = Words.of(prompt.question());
        Map<String, Double> weights = weights(asked, candidates);
        List<Ranked> ranked = new ArrayList<>(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            double cosine = MiniLm.dot(question, vectors.get(i));
            double overlap = share(asked, candidate.words(), weights);
            double title = share(
                    asked, Words.of(prompt.passages().get(candidate.passage()).title()), weights);
            double score = cosine
                    + OVERLAP * overlap
                    + PASSAGE / (1 + candidate.passage())
                    + TITLE * title
                    + (Cues.asksForExamples(prompt.question()) && Cues.givesExamples(candidate.text()) ? EXAMPLE : 0);
            ranked.add(new Ranked(candidate, vectors.get(i), cosine, overlap, score));
        }
        return ranked;
    }

    /** The rarer a word of the question is among the candidates, the more it tells them apart. */
    private static Map<String, Double> weights(Set<String> asked, List<Candidate> candidates) {
        Map<String, Double> weights = new HashMap<>();
        for (String word : asked) {
            long holders = candidates.stream()
                    .filter(candidate -> candidate.words().contains(word))
                    .count();
            weights.put(word, Math.log(1 + candidates.size() / (1.0 + holders)));
        }
        return weights;
    }

    private static double share(Set<String> asked, Set<String> words, Map<String, Double> weights) {
        double all = 0;
        double shared = 0;
        for (String word : asked) {
            all += weights.get(word);
            shared += words.contains(word) ? weights.get(word) : 0;
        }
        return all == 0 ? 0 : shared / all;
    }
}
