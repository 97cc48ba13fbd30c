package dev.tarn.retrieval;

import java.util.Map;

/**
 * An analysed text.
 *
 * @param counts each term, and how often it is there
 * @param length how many terms there are, repeated ones counted again
 */
record Terms(Map<String, Integer> counts, int length) {

    int count(String term) {
        return counts.getOrDefault(term, 0);
    }

    /** How many different terms there are; never the terms. */
    @Override
    public String toString() {
        return "Terms[" + counts.size() + "]";
    }
}
