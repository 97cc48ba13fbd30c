package dev.tarn.local.evaluate;

import dev.tarn.document.Chunk;
import java.util.List;

/**
 * A document of the collection that is evaluated.
 *
 * @param id its id
 * @param title or null
 * @param text the whole of it
 * @param chunks as the index has them
 */
record EvaluatedDocument(String id, String title, String text, List<Chunk> chunks) {

    /** The id and the number of chunks; never the content. */
    @Override
    public String toString() {
        return "EvaluatedDocument[" + id + ", " + chunks.size() + " chunks]";
    }
}
