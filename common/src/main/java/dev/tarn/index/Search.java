package dev.tarn.index;

import dev.tarn.question.Filter;

/**
 * A search of one collection.
 *
 * @param collection what is searched
 * @param vector what is searched for, of the index's dimension
 * @param topK the most passages wanted
 * @param minScore the least cosine similarity
 * @param filter which documents may be found
 * @param text the question in words, or empty where only the vector counts
 */
public record Search(String collection, float[] vector, int topK, double minScore, Filter filter, String text) {

    /** A search by the vector alone. */
    public Search(String collection, float[] vector, int topK, double minScore, Filter filter) {
        this(collection, vector, topK, minScore, filter, "");
    }

    /** The same, by the vector alone. */
    public Search withoutText() {
        return new Search(collection, vector, topK, minScore, filter);
    }

    /** What is searched, and how much is wanted; never the question. */
    @Override
    public String toString() {
        return "Search[" + collection + ", " + topK + ", " + minScore + "]";
    }
}
