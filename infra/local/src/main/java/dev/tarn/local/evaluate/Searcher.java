package dev.tarn.local.evaluate;

import java.util.List;

/** One way to retrieve. */
interface Searcher {
    /**
     * Searches.
     *
     * @param vector of the question
     * @param count the most hits
     * @return best first
     */
    List<Hit> search(TestQuestion question, float[] vector, int count);

    /**
     * The ranking that a search for the passages of an answer takes the first hits of.
     *
     * @param vector of the question
     * @param depth the most hits
     * @return best first
     */
    default List<Hit> ranking(TestQuestion question, float[] vector, int depth) {
        return search(question, vector, depth);
    }
}
