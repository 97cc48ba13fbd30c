package dev.tarn.retrieval;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Who stands where. */
final class Ranking {
    private Ranking() {}

    /** The indexes of these scores, that of the greatest first; of equal ones, the first. */
    static List<Integer> order(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer index) -> scores[index])
                        .reversed())
                .toList();
    }

    /** The place of each of these scores, from 1. */
    static int[] ranks(double[] scores) {
        int[] ranks = new int[scores.length];
        int rank = 0;
        for (int index : order(scores)) {
            ranks[index] = ++rank;
        }
        return ranks;
    }
}
