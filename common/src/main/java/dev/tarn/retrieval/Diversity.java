package dev.tarn.retrieval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final List<Map<String, Double>> weights;
    private final double[] relevance;
    private final double diversity;

    /**
     * Weighs candidates.
     *
     * @param scores how relevant each is; only their distances matter
     * @param diversity what likeness counts for, from 0 to 1; relevance counts for the rest
     */
    Diversity(List<Terms> texts, double[] scores, double diversity) {
        Map<String, Integer> having = new HashMap<>();
        texts.forEach(text -> text.counts().keySet().forEach(term -> having.merge(term, 1, Integer::sum)));
        Map<String, Double> rarities = new HashMap<>();
        having.forEach((term, count) -> rarities.put(term, Bm25.rarity(texts.size(), count)));
        weights = texts.stream().map(text -> unit(text, rarities)).toList();
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
            for (Integer index : left) {
                likeness[index] = Math.max(likeness[index], cosine(weights.get(index), weights.get(best)));
            }
        }
        return chosen;
    }

    private double marginal(int index, double[] likeness) {
        return (1 - diversity) * relevance[index] - diversity * likeness[index];
    }

    private static double cosine(Map<String, Double> one, Map<String, Double> other) {
        double sum = 0;
        for (Map.Entry<String, Double> term : one.entrySet()) {
            sum += term.getValue() * other.getOrDefault(term.getKey(), 0.0);
        }
        return sum;
    }

    private static Map<String, Double> unit(Terms text, Map<String, Double> rarities) {
        Map<String, Double> weights = new HashMap<>();
        text.counts().forEach((term, count) -> weights.put(term, (1 + Math.log(count)) * rarities.get(term)));
        double length = Math.sqrt(
                weights.values().stream().mapToDouble(weight -> weight * weight).sum());
        weights.replaceAll((term, weight) -> weight / length);
        return weights;
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
