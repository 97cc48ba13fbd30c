package dev.tarn.local.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The nearest of all vectors by cosine similarity: each is compared. */
final class ExactSearch {
    private final List<Hit> items;
    private final List<float[]> vectors;

    /**
     * Of these.
     *
     * @param items what is found; their scores don't matter
     * @param vectors one for each item, in order
     */
    ExactSearch(List<Hit> items, List<float[]> vectors) {
        this.items = items;
        this.vectors = vectors.stream().map(ExactSearch::unit).toList();
    }

    private record Candidate(int item, double score) {}

    /** The nearest, best first. */
    List<Hit> search(float[] question, int count) {
        float[] unit = unit(question);
        Comparator<Candidate> worstFirst = Comparator.comparingDouble(Candidate::score);
        PriorityQueue<Candidate> best = new PriorityQueue<>(worstFirst);
        for (int i = 0; i < vectors.size(); i++) {
            double score = product(unit, vectors.get(i));
            if (best.size() < count || score > best.element().score()) {
                best.add(new Candidate(i, score));
                if (best.size() > count) {
                    best.remove();
                }
            }
        }
        List<Candidate> found = new ArrayList<>(best);
        found.sort(worstFirst.reversed());
        return found.stream()
                .map(candidate -> {
                    Hit item = items.get(candidate.item());
                    return new Hit(item.document(), item.hash(), candidate.score(), item.text());
                })
                .toList();
    }

    private static float[] unit(float[] vector) {
        double length = Math.sqrt(product(vector, vector));
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
