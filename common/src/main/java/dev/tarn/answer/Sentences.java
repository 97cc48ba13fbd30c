package dev.tarn.answer;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cuts a paragraph into its sentences. */
public final class Sentences {
    /** An abbreviation, or an initial after a name or another initial: the sentence goes on. */
    private static final Pattern UNFINISHED = Pattern.compile(
            "(?s).*(?:(?:^|[\\s(])(?i:e\\.g|i\\.e|etc|vs|cf|fig|eq|no|dr|mr|mrs|ms|prof|st|approx|resp|al)"
                    + "|(?:^|\\p{Lu}\\p{L}*\\.?\\s)\\p{Lu})\\.\\s*");

    /** A mark with something at it ends no sentence: {@code a != b}. */
    private static final Pattern OPERATOR = Pattern.compile("(?s).*[!?]");

    private Sentences() {}

    /** In order, without the blanks around them. */
    public static List<String> of(String paragraph) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(paragraph);
        List<String> sentences = new ArrayList<>();
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            String sentence = paragraph.substring(from, to);
            if (to == paragraph.length()
                    || !UNFINISHED.matcher(sentence).matches()
                            && !OPERATOR.matcher(sentence).matches()) {
                if (!sentence.isBlank()) {
                    sentences.add(sentence.strip());
                }
                from = to;
            }
        }
        return sentences;
    }
}
