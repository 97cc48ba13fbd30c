package dev.tarn.retrieval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    private final List<Terms> texts;
    private final long counted;
    private final double averageLength;
    private final Map<String, Double> rarity = new HashMap<>();

    Bm25(List<Terms> texts) {
        this.texts = texts;
        counted = texts.stream().filter(text -> text.length() > 0).count();
        averageLength = texts.stream()
                .mapToInt(Terms::length)
                .filter(length -> length > 0)
                .average()
                .orElse(0);
    }

    /** The score of each text, in their order; 0 for one without a term of the question. */
    double[] scores(Terms question) {
        return texts.stream().mapToDouble(text -> score(question, text)).toArray();
    }

    private double score(Terms question, Terms text) {
        double norm = K1 * (1 - B + B * text.length() / averageLength);
        double score = 0;
        for (Map.Entry<String, Integer> asked : question.counts().entrySet()) {
            int count = text.count(asked.getKey());
            if (count > 0) {
                score += asked.getValue() * rarity(asked.getKey()) * count / (count + norm);
            }
        }
        return score;
    }

    private double rarity(String term) {
        return rarity.computeIfAbsent(
                term,
                each -> rarity(
                        counted,
                        texts.stream().filter(text -> text.count(each) > 0).count()));
    }

    /** The inverse document frequency: more than 0, and greater the fewer texts have the term. */
    static double rarity(long texts, long having) {
        return Math.log1p((texts - having + 0.5) / (having + 0.5));
    }
}
