package dev.tarn.local.standin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A sentence that could be part of the answer.
 *
 * @param passage the index of its passage, from 0, nearest first
 * @param position its place in the passage, from 0
 * @param opens whether it begins a paragraph
 * @param leads whether it stands alone before a list, a table or code
 * @param text without marks
 * @param words its stems
 */
record Candidate(int passage, int position, boolean opens, boolean leads, String text, Set<String> words) {
    private static final int MOST = 40;

    /**
     * The sentences of all passages in reading order. Of more than 40, those that share most words with the question
     * or, where that is equal, come first: embedding is what costs time.
     */
    static List<Candidate> of(GroundedPrompt prompt) {
        List<Candidate> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int p = 0; p < prompt.passages().size(); p++) {
            String passage = prompt.passages().get(p).text();
            List<String> sentences = Sentences.of(passage);
            Set<String> openings = Sentences.openings(passage);
            Set<String> leading = Sentences.leading(passage);
            for (int s = 0; s < sentences.size(); s++) {
                String sentence = sentences.get(s);
                if (seen.add(sentence)) {
                    all.add(new Candidate(
                            p,
                            s,
                            openings.contains(sentence),
                            leading.contains(sentence),
                            sentence,
                            Words.of(sentence)));
                }
            }
        }
        if (all.size() <= MOST) {
            return all;
        }
        Set<String> asked = Words.of(prompt.question());
        return all.stream()
                .sorted(Comparator.comparingInt(candidate -> -candidate.shared(asked)))
                .limit(MOST)
                .sorted(Comparator.comparingInt(Candidate::passage).thenComparingInt(Candidate::position))
                .toList();
    }

    private int shared(Set<String> asked) {
        return (int) asked.stream().filter(words::contains).count();
    }
}
