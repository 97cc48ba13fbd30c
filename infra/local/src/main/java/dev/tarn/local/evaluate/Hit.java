package dev.tarn.local.evaluate;

/**
 * A passage, or a whole document, that was found.
 *
 * @param document the document's id
 * @param hash the chunk's hash, or null where a whole document was found
 * @param score by which it was ranked; greater is better
 * @param text the passage, or null where a whole document was found
 */
record Hit(String document, String hash, double score, String text) {

    /** What it is; never the content. */
    @Override
    public String toString() {
        return "Hit[" + document + ", " + hash + ", " + score + "]";
    }
}
