package dev.tarn.retrieval;

import java.io.Serializable;

/**
 * How passages are chosen.
 *
 * @param mode what ranks them
 * @param candidates how many chunks are ranked, at least; more where more passages are wanted
 * @param diversity how much a passage that is like a better one loses, from 0, nothing, to 1
 * @param neighbours how many chunks before and after a passage it brings along
 */
public record RetrievalSettings(Mode mode, int candidates, double diversity, int neighbours) implements Serializable {

    /** The nearest chunks, as they are. */
    public static RetrievalSettings dense() {
        return new RetrievalSettings(Mode.DENSE, 0, 0, 0);
    }
}
