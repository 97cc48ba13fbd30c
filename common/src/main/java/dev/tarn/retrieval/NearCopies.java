package dev.tarn.retrieval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells which passages for a question are copies of better ones and add nothing to them: not those that have a word of the
 * question which none of the copies that were kept has, so that of records which differ in a name or a number the one that is
 * asked for is there. There are no more of these than the question has words.
 */
final class NearCopies {
    private final Set<String> asked;
    private final double share;
    private final List<Kept> kept = new ArrayList<>();

    /**
     * Begins with none.
     *
     * @param question its terms
     * @param share how much of a text is in its copy
     */
    NearCopies(Terms question, double share) {
        asked = Set.copyOf(question.distinct());
        this.share = share;
    }

    private record Kept(Shingles text, Set<String> words) {}

    /** Keeps a passage, unless it is such a copy. */
    boolean keep(String text, Terms terms) {
        Shingles shingles = Shingles.of(text);
        Set<String> words = terms.distinct().stream().filter(asked::contains).collect(Collectors.toSet());
        List<Kept> copies = kept.stream()
                .filter(other -> shingles.isCopyOf(other.text(), share))
                .toList();
        Set<String> added = new HashSet<>(words);
        copies.forEach(copy -> added.removeAll(copy.words()));
        return (copies.isEmpty() || !added.isEmpty()) && kept.add(new Kept(shingles, words));
    }
}
