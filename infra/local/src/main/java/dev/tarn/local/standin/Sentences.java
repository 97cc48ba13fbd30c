package dev.tarn.local.standin;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cuts prose into the sentences that can stand in an answer. */
final class Sentences {
    private static final int FEWEST_WORDS = 4;
    private static final int MOST_WORDS = 80;
    /** An abbreviation or an initial at the end: the sentence goes on. */
    private static final Pattern UNFINISHED = Pattern.compile(
            "(?i).*(^|[\\s(])(e\\.g|i\\.e|etc|vs|cf|fig|eq|no|dr|mr|mrs|ms|prof|st|approx|resp|al|[a-z])\\.\\s*",
            Pattern.DOTALL);

    private static final Pattern FINISHED = Pattern.compile(".*[.!][\"')\\]\u201d\u2019]*", Pattern.DOTALL);
    private static final Pattern ASKS_OR_LEADS_IN = Pattern.compile(".*[?:,;][\"')\\]\u201d\u2019]*", Pattern.DOTALL);

    private Sentences() {}

    /** In reading order. Fragments, questions and lines that only lead to a list are left out. */
    static List<String> of(String markdown) {
        List<String> sentences = new ArrayList<>();
        for (Markdown.Paragraph paragraph : Markdown.paragraphs(markdown)) {
            for (String sentence : split(paragraph.text())) {
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

    private static void addIfReadable(List<String> sentences, String sentence) {
        int words = Words.count(sentence);
        boolean cutOff = sentences.isEmpty() && Character.isLowerCase(sentence.codePointAt(0));
        if (words >= FEWEST_WORDS && words <= MOST_WORDS && !cutOff) {
            sentences.add(sentence);
        }
    }

    private static List<String> split(String paragraph) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(paragraph);
        List<String> sentences = new ArrayList<>();
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            String sentence = paragraph.substring(from, to);
            if (to == paragraph.length() || !UNFINISHED.matcher(sentence).matches()) {
                sentences.add(sentence.strip());
                from = to;
            }
        }
        return sentences;
    }
}
