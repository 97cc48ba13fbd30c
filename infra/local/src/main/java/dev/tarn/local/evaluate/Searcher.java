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
}
