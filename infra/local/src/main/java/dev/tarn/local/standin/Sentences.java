package dev.tarn.local.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Cuts prose into the sentences that can stand in an answer. */
final class Sentences {
    private static final int FEWEST_WORDS = 4;
    private static final int MOST_WORDS = 80;
    private static final Pattern FINISHED = Pattern.compile(".*[.!][\"')\\]\u201d\u2019]*", Pattern.DOTALL);
    private static final Pattern ASKS_OR_LEADS_IN = Pattern.compile(".*[?:,;][\"')\\]\u201d\u2019]*", Pattern.DOTALL);

    private Sentences() {}

    /** In reading order. Fragments, questions and lines that only lead to a list are left out. */
    static List<String> of(String markdown) {
        List<String> sentences = new ArrayList<>();
        for (Markdown.Paragraph paragraph : Markdown.paragraphs(markdown)) {
            for (String sentence : dev.tarn.answer.Sentences.of(paragraph.text())) {
                if (FINISHED.matcher(sentence).matches()) {
                    addIfReadable(sentences, sentence);
                } else if (paragraph.item()
                        && !ASKS_OR_LEADS_IN.matcher(sentence).matches()) {
                    addIfReadable(sentences, sentence + ".");
                }
            }
        }
        return sentences;
    }

    /** The sentences that begin a paragraph, which say what it is about. */
    static Set<String> openings(String markdown) {
        return Markdown.paragraphs(markdown).stream()
                .filter(paragraph -> !paragraph.item())
                .flatMap(paragraph ->
                        dev.tarn.answer.Sentences.of(paragraph.text()).stream().limit(1))
                .collect(Collectors.toSet());
    }

    /** The sentences that stand alone before a list, a table or code, which says the rest. */
    static Set<String> leading(String markdown) {
        return Markdown.paragraphs(markdown).stream()
                .filter(Markdown.Paragraph::leads)
                .map(paragraph -> dev.tarn.answer.Sentences.of(paragraph.text()))
                .filter(sentences -> sentences.size() == 1)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    private static void addIfReadable(List<String> sentences, String sentence) {
        int words = Words.count(sentence);
        boolean cutOff = sentences.isEmpty() && Character.isLowerCase(sentence.codePointAt(0));
        if (words >= FEWEST_WORDS && words <= MOST_WORDS && !cutOff) {
            sentences.add(sentence);
        }
    }
}
