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
 */
public record Search(String collection, float[] vector, int topK, double minScore, Filter filter) {}
