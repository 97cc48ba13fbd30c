package dev.tarn.local.evaluate;

import dev.tarn.retrieval.RetrievalSettings;
import java.util.List;

/**
 * What is evaluated, and how.
 *
 * @param collection what is searched
 * @param configurations ways to retrieve, in the order of the tables
 * @param k the cutoff of recall and precision, and of what is counted in passages
 * @param depth how many passages a ranking of documents is made of, at most
 * @param answers whether the questions are asked, too
 * @param seed of intervals and tests
 */
public record EvaluationSettings(
        String collection, List<Configuration> configurations, int k, int depth, boolean answers, long seed) {
    static final int RESAMPLES = 10_000;
    static final int DRAWS = 100_000;

    /** How many passages are searched for at once: those that are counted, and those that an answer would get. */
    int passages() {
        return Math.max(k, RetrievalSettings.TOP_K);
    }

    Bootstrap bootstrap() {
        return new Bootstrap(seed, RESAMPLES);
    }

    RandomizationTest test() {
        return new RandomizationTest(seed, DRAWS);
    }
}
