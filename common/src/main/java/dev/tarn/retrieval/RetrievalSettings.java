package dev.tarn.retrieval;

import java.io.Serializable;

/**
 * How passages are chosen.
 *
 * @param mode what ranks them
 * @param candidates how many chunks are ranked, at least; more where more passages are wanted
 * @param nearCopies of two texts that share so much of their runs of words one is a copy; from a half to 1, where only texts that are
 *     the same are
 * @param diversity how much a passage that is like a better one loses, from 0, nothing, to 1
 * @param neighbours how many chunks before and after a passage it brings along
 */
public record RetrievalSettings(Mode mode, int candidates, double nearCopies, double diversity, int neighbours)
        implements Serializable {

    /** What was best where it was measured; the README tells the numbers. */
    public static final RetrievalSettings DEFAULT = new RetrievalSettings(Mode.HYBRID, 150, 0.8, 0, 0);

    /** Passages for an answer, where nobody says how many. */
    public static final int TOP_K = 5;

    private static final RetrievalSettings DENSE = new RetrievalSettings(Mode.DENSE, 0, 0.8, 0, 0);

    public RetrievalSettings {
        if (candidates < 0 || neighbours < 0) {
            throw new IllegalArgumentException("candidates and neighbours are 0 or more");
        }
        if (!(diversity >= 0 && diversity <= 1) || !(nearCopies >= 0.5 && nearCopies <= 1)) {
            throw new IllegalArgumentException("diversity is from 0 to 1, near-copies from 0.5 to 1");
        }
    }

    /** The nearest chunks, as they are. */
    public static RetrievalSettings dense() {
        return DENSE;
    }
}
