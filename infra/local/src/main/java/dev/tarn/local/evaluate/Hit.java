package dev.tarn.local.evaluate;

import dev.tarn.question.Passage;

/**
 * A passage, or a whole document, that was found.
 *
 * @param document the document's id
 * @param hash the chunk's hash, or null where a whole document was found
 * @param score by which it was ranked; greater is better
 * @param text the passage, or null where a whole document was found
 * @param passage as the index found it, or null where it was not asked
 */
record Hit(String document, String hash, double score, String text, Passage passage) {

    /** What a baseline found. */
    Hit(String document, String hash, double score, String text) {
        this(document, hash, score, text, null);
    }

    /** What the index found. */
    static Hit of(Passage passage) {
        String element = passage.chunkId();
        String hash = element.substring(0, element.indexOf('.'));
        return new Hit(passage.documentId(), hash, passage.score(), passage.text(), passage);
    }

    /** What it is; never the content. */
    @Override
    public String toString() {
        return "Hit[" + document + ", " + hash + ", " + score + "]";
    }
}
