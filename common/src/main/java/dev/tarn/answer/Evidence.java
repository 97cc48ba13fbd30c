package dev.tarn.answer;

import dev.tarn.question.Passage;
import dev.tarn.text.PlainWords;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much was found for a question: the cosine similarity of the nearest passage, and {@value #WORDS} of the share of the
 * question's words that the passages hold. The words tell what vectors don't: that a question is about a thing of which no
 * passage speaks, or that a rare name was found though its vector says nothing.
 */
public final class Evidence {
    private static final double WORDS = 0.3;

    private Evidence() {}

    /** From -1 to 1.3. */
    public static double of(String question, List<Passage> passages) {
        Set<String> asked = PlainWords.stems(question);
        Set<String> held = new HashSet<>();
        double nearest = -1;
        for (Passage passage : passages) {
            nearest = Math.max(nearest, passage.score());
            held.addAll(PlainWords.stems(
                    passage.title() == null ? passage.text() : passage.title() + " " + passage.text()));
        }
        long found = asked.stream().filter(held::contains).count();
        return nearest + (asked.isEmpty() ? 0 : WORDS * found / asked.size());
    }
}
