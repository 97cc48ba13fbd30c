package dev.tarn.retrieval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The terms of some texts, numbered from 0: each is looked up once, and what is told of them counts in arrays. */
final class TermTable {
    private final List<Terms> texts;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[][] ofTexts;
    private final int[] documentFrequencies;

    TermTable(List<Terms> texts) {
        this.texts = texts;
        ofTexts = texts.stream().map(this::number).toArray(int[][]::new);
        documentFrequencies = new int[numbers.size()];
        for (int[] terms : ofTexts) {
            for (int term : terms) {
                documentFrequencies[term]++;
            }
        }
    }

    private int[] number(Terms text) {
        int[] terms = new int[text.distinct().size()];
        int next = 0;
        for (String term : text.distinct()) {
            Integer known = numbers.putIfAbsent(term, numbers.size());
            terms[next++] = known == null ? numbers.size() - 1 : known;
        }
        return terms;
    }

    List<Terms> texts() {
        return texts;
    }

    /** How many terms there are in all. */
    int termCount() {
        return documentFrequencies.length;
    }

    /** How many texts have the term of that number. */
    int documentFrequency(int term) {
        return documentFrequencies[term];
    }

    /** The numbers of a text's distinct terms, in their order. */
    int[] terms(int text) {
        return ofTexts[text];
    }

    /** The number of a term, or -1 where no text has it. */
    int number(String term) {
        return numbers.getOrDefault(term, -1);
    }
}
