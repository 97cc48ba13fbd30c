package dev.tarn.local.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/** The nearest of all vectors that were shown to it, for some queries. Keeps no other vectors. For one thread. */
final class ExactSearch {
    private final int count;
    private final List<float[]> queries;
    private final List<PriorityQueue<Found>> nearest = new ArrayList<>();

    /**
     * Of nothing yet.
     *
     * @param count how many are kept for each query
     */
    ExactSearch(List<float[]> queries, int count) {
        this.queries = queries;
        this.count = count;
        queries.forEach(query -> nearest.add(new PriorityQueue<>(Comparator.comparingDouble(Found::similarity))));
    }

    private record Found(String name, float similarity) {}

    /** Takes one more into account; all have the same length. */
    void add(String name, float[] vector) {
        for (int i = 0; i < queries.size(); i++) {
            PriorityQueue<Found> kept = nearest.get(i);
            float similarity = product(queries.get(i), vector);
            if (kept.size() < count) {
                kept.add(new Found(name, similarity));
            } else if (similarity > kept.element().similarity()) {
                kept.remove();
                kept.add(new Found(name, similarity));
            }
        }
    }

    /** The share of the nearest that a search has found. */
    double recall(int query, Collection<String> found) {
        Set<String> wanted = nearest.get(query).stream().map(Found::name).collect(Collectors.toSet());
        long hits = found.stream().distinct().filter(wanted::contains).count();
        return wanted.isEmpty() ? 1 : (double) hits / wanted.size();
    }

    private static float product(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
