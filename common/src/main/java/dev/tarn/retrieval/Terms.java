package dev.tarn.retrieval;

import java.util.List;

/**
 * An analysed text.
 *
 * @param distinct its terms, each once
 * @param counts how often each of them is there; many threads read it, and none writes
 * @param length how many terms there are, repeated ones counted again
 */
record Terms(List<String> distinct, int[] counts, int length) {

    /** How many different terms there are; never the terms. */
    @Override
    public String toString() {
        return "Terms[" + distinct.size() + "]";
    }
}
