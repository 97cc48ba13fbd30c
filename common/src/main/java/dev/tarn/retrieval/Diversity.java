package dev.tarn.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Maximal marginal relevance: of the candidates, one after the other, that which is the most relevant, less what it is like
 * one that was taken before. Likeness is the cosine of the terms, each weighted by its rarity among the candidates: two
 * chunks on one subject are little alike, two copies of a text are.
 *
 * @see <a href="https://doi.org/10.1145/290941.291025">Carbonell and Goldstein, The Use of MMR</a>
 */
final class Diversity {
    private final TermTable table;
    private final double[][] weights;
    private final double[] relevance;
    private final double diversity;

    /**
     * Weighs candidates.
     *
     * @param scores how relevant each is; only their distances matter
     * @param diversity what likeness counts for, from 0 to 1; relevance counts for the rest
     */
    Diversity(TermTable table, double[] scores, double diversity) {
        this.table = table;
        double[] rarities = IntStream.range(0, table.termCount())
                .mapToDouble(term -> Bm25.rarity(table.texts().size(), table.documentFrequency(term)))
                .toArray();
        weights = IntStream.range(0, table.texts().size())
                .mapToObj(text -> unit(text, rarities))
                .toArray(double[][]::new);
        relevance = fromNoneToOne(scores);
        this.diversity = diversity;
    }

    /**
     * One that is chosen.
     *
     * @param relevance its own, less what it is like one that was chosen before; from -1 to 1
     */
    record Choice(int index, double relevance) {}

    /**
     * The chosen ones, in the order of choice.
     *
     * @param isWanted asked of each when its turn comes; those that are not are passed over
     */
    List<Choice> choose(int count, Predicate<Integer> isWanted) {
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, relevance.length).boxed().toList());
        List<Choice> chosen = new ArrayList<>();
        double[] likeness = new double[relevance.length];
        while (chosen.size() < count && !left.isEmpty()) {
            Integer best = left.get(0);
            for (Integer index : left) {
                if (marginal(index, likeness) > marginal(best, likeness)) {
                    best = index;
                }
            }
            left.remove(best);
            if (!isWanted.test(best)) {
                continue;
            }
            chosen.add(new Choice(best, marginal(best, likeness)));
            double[] byTerm = weightsByTerm(best);
            for (Integer index : left) {
                likeness[index] = Math.max(likeness[index], cosine(index, byTerm));
            }
        }
        return chosen;
    }

    private double marginal(int index, double[] likeness) {
        return (1 - diversity) * relevance[index] - diversity * likeness[index];
    }

    private double[] weightsByTerm(int text) {
        double[] byTerm = new double[table.termCount()];
        int[] terms = table.terms(text);
        for (int i = 0; i < terms.length; i++) {
            byTerm[terms[i]] = weights[text][i];
        }
        return byTerm;
    }

    private double cosine(int text, double[] other) {
        int[] terms = table.terms(text);
        double sum = 0;
        for (int i = 0; i < terms.length; i++) {
            sum += weights[text][i] * other[terms[i]];
        }
        return sum;
    }

    /** The weights of a text's distinct terms, as a vector of length 1. */
    private double[] unit(int text, double[] rarities) {
        int[] terms = table.terms(text);
        int[] counts = table.texts().get(text).counts();
        double[] unit = new double[terms.length];
        double squares = 0;
        for (int i = 0; i < terms.length; i++) {
            unit[i] = (1 + Math.log(counts[i])) * rarities[terms[i]];
            squares += unit[i] * unit[i];
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < terms.length; i++) {
            unit[i] /= length;
        }
        return unit;
    }

    private static double[] fromNoneToOne(double[] scores) {
        double least = IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i])
                .min()
                .orElse(0);
        double range = IntStream.range(0, scores.length)
                        .mapToDouble(i -> scores[i])
                        .max()
                        .orElse(0)
                - least;
        double[] relevance = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            relevance[i] = range == 0 ? 1 : (scores[i] - least) / range;
        }
        return relevance;
    }
}
