package dev.tarn.answer;

import dev.tarn.question.Passage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The runs of three words of a text. Texts that share most of them are copies of each other.
 *
 * @see <a href="https://nlp.stanford.edu/IR-book/html/htmledition/near-duplicates-and-shingling-1.html">Near-duplicates and
 *     shingling</a>
 */
record Shingles(Set<String> runs) {
    private static final int WORDS = 3;
    private static final double COPY = 0.8;

    static Shingles of(String text) {
        List<String> words = PlainWords.list(text);
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + WORDS <= words.size(); i++) {
            runs.add(String.join(" ", words.subList(i, i + WORDS)));
        }
        return new Shingles(runs.isEmpty() ? Set.of(String.join(" ", words)) : runs);
    }

    /** Without those of which a nearer one holds the most; passages are nearest first. */
    static List<Passage> distinct(List<Passage> passages) {
        List<Passage> distinct = new ArrayList<>();
        List<Shingles> kept = new ArrayList<>();
        for (Passage passage : passages) {
            Shingles shingles = of(passage.text());
            if (kept.stream().noneMatch(shingles::isCopyOf)) {
                distinct.add(passage);
                kept.add(shingles);
            }
        }
        return distinct;
    }

    boolean isCopyOf(Shingles other) {
        long shared = runs.stream().filter(other.runs::contains).count();
        return shared >= COPY * Math.min(runs.size(), other.runs.size());
    }
}
