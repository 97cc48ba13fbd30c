package dev.tarn.index;

import dev.tarn.question.Passage;
import java.util.List;

/**
 * A passage that may be chosen.
 *
 * @param passage cited by its rank among the candidates, nearest first
 * @param before elements of the chunks before it in its document, nearest first; as many as were asked for, where there are so
 *     many, and where the index knows the order of the document's chunks
 * @param after the same, of those after it
 */
public record Candidate(Passage passage, List<String> before, List<String> after) {

    /** The same, cited by another number. */
    public Candidate cited(int citation) {
        return new Candidate(passage.chosen(citation, passage.legs()), before, after);
    }

    /** A candidate whose neighbours nobody asked for. */
    public static Candidate alone(Passage passage) {
        return new Candidate(passage, List.of(), List.of());
    }
}
