package dev.tarn.local.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How good one ranking is, by trec_eval's definition, from 0 to 1. A document that nobody judged is not relevant.
 *
 * @param kind what is looked at
 * @param cutoff how many documents from the top on; 0 for all
 * @see <a href="https://ir-measur.es/en/latest/measures.html">ir_measures, whose R, P, RR and nDCG these are</a>
 */
public record Measure(Kind kind, int cutoff) {
    public static final Measure MRR = new Measure(Kind.RECIPROCAL_RANK, 0);
    public static final Measure NDCG_10 = new Measure(Kind.NDCG, 10);

    /** What is looked at. */
    public enum Kind {
        /** The share of the relevant documents that is among the first. */
        RECALL("recall"),
        /** The share of the first that is relevant. */
        PRECISION("precision"),
        /** One by the rank of the first relevant document. */
        RECIPROCAL_RANK("MRR"),
        /** Grades, each divided by the logarithm of its rank, as a share of the most that they can come to. */
        NDCG("nDCG");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    public static Measure recall(int cutoff) {
        return new Measure(Kind.RECALL, cutoff);
    }

    public static Measure precision(int cutoff) {
        return new Measure(Kind.PRECISION, cutoff);
    }

    /** Scores a ranking by the judgments of its question. */
    public double of(Ranking ranking, Map<String, Integer> grades) {
        List<String> documents = ranking.documents();
        List<Integer> gains =
                documents.subList(0, cutoff == 0 ? documents.size() : Math.min(cutoff, documents.size())).stream()
                        .map(document -> Math.max(0, grades.getOrDefault(document, 0)))
                        .toList();
        long relevant = grades.values().stream().filter(grade -> grade > 0).count();
        long hits = gains.stream().filter(gain -> gain > 0).count();
        return switch (kind) {
            case RECALL -> relevant == 0 ? 0 : (double) hits / relevant;
            case PRECISION -> (double) hits / cutoff;
            case RECIPROCAL_RANK -> hits == 0 ? 0 : 1.0 / (1 + firstAboveZero(gains));
            case NDCG -> relevant == 0 ? 0 : discounted(gains) / discounted(ideal(grades));
        };
    }

    private static int firstAboveZero(List<Integer> gains) {
        int i = 0;
        while (gains.get(i) == 0) {
            i++;
        }
        return i;
    }

    private List<Integer> ideal(Map<String, Integer> grades) {
        List<Integer> best = new ArrayList<>(grades.values());
        best.removeIf(grade -> grade <= 0);
        best.sort(Comparator.reverseOrder());
        return best.subList(0, Math.min(cutoff == 0 ? best.size() : cutoff, best.size()));
    }

    private static double discounted(List<Integer> gains) {
        double sum = 0;
        for (int i = 0; i < gains.size(); i++) {
            sum += gains.get(i) * Math.log(2) / Math.log(i + 2.0);
        }
        return sum;
    }

    /** The name in tables, e.g. {@code nDCG@10}. */
    @Override
    public String toString() {
        return cutoff == 0 ? kind.label : kind.label + "@" + cutoff;
    }
}
