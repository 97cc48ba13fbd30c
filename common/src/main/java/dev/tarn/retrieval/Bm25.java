package dev.tarn.retrieval;

import java.util.IntSummaryStatistics;
import java.util.stream.IntStream;

/**
 * BM25 over a few texts, with Lucene's formula and its usual parameters. How rare a term is, and how long a text usually is,
 * is told from these texts alone, those without a term left out; among the nearest of a question's chunks, the words that they share with the question by
 * their subject count for little, as they should.
 *
 * @see <a href="https://doi.org/10.1561/1500000019">Robertson and Zaragoza, The Probabilistic Relevance Framework</a>
 */
final class Bm25 {
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    private final TermTable table;
    private final long counted;
    private final double averageLength;

    Bm25(TermTable table) {
        this.table = table;
        IntSummaryStatistics lengths = table.texts().stream()
                .mapToInt(Terms::length)
                .filter(length -> length > 0)
                .summaryStatistics();
        counted = lengths.getCount();
        averageLength = lengths.getAverage();
    }

    /** The score of each text, in their order; 0 for one without a term of the question. */
    double[] scores(Terms question) {
        double[] weights = new double[table.termCount()];
        for (int i = 0; i < question.counts().length; i++) {
            int term = table.number(question.distinct().get(i));
            if (term >= 0) {
                weights[term] = question.counts()[i] * rarity(counted, table.documentFrequency(term));
            }
        }
        return IntStream.range(0, table.texts().size())
                .mapToDouble(text -> score(weights, text))
                .toArray();
    }

    private double score(double[] weights, int text) {
        Terms terms = table.texts().get(text);
        double norm = K1 * (1 - B + B * terms.length() / averageLength);
        int[] numbers = table.terms(text);
        double score = 0;
        for (int i = 0; i < numbers.length; i++) {
            int count = terms.counts()[i];
            score += weights[numbers[i]] * count / (count + norm);
        }
        return (float) score; // as Lucene does: in which order the terms were added must not decide between texts
    }

    /** The inverse document frequency: more than 0, and greater the fewer texts have the term. */
    static double rarity(long texts, long having) {
        return Math.log1p((texts - having + 0.5) / (having + 0.5));
    }
}
