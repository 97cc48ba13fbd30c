package dev.tarn.retrieval;

import dev.tarn.text.PlainWords;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The runs of three words of a text. Texts that share most of them are copies of each other; one that says the same and more
 * is not, so that no text can keep another away by having it in it.
 *
 * @see <a href="https://nlp.stanford.edu/IR-book/html/htmledition/near-duplicates-and-shingling-1.html">Near-duplicates and
 *     shingling</a>
 */
record Shingles(Set<String> runs) {
    private static final int WORDS = 3;

    static Shingles of(String text) {
        List<String> words = PlainWords.list(text);
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + WORDS <= words.size(); i++) {
            runs.add(String.join(" ", words.subList(i, i + WORDS)));
        }
        return new Shingles(runs.isEmpty() ? Set.of(String.join(" ", words)) : runs);
    }

    /** Whether each holds this share of the other, or more. */
    boolean isCopyOf(Shingles other, double share) {
        double enough = share * Math.max(runs.size(), other.runs.size());
        return Math.min(runs.size(), other.runs.size()) >= enough
                && runs.stream().filter(other.runs::contains).count() >= enough;
    }
}
