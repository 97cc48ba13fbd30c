package dev.tarn.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A passage's sentences. Lines are one text, whatever the next one begins with, up to a blank line, a list's item, a heading,
 * a row of a table or a fence: the line before may deny what a line says. An item of a list, a heading and a row are sentences
 * of their own, whatever stands before the list.
 */
final class PassageSentences {
    private static final Pattern QUOTE = Pattern.compile("^(?:\\s{0,3}>(?!=))++");
    private static final Pattern FENCE_OR_RULE =
            Pattern.compile("^\\s*(?:(?:`{3}|~{3}).*|=+\\s*|-+\\s*|(?:[-*_][ \\t]*){3,99})$");
    private static final Pattern HEADING_OR_ROW = Pattern.compile("^\\s*(?:#{1,6}\\s|\\|).*");
    private static final Pattern ITEM = Pattern.compile("^\\s*(?:[-*+•]|1[.)])\\s.*");
    /** After a text that is no item, such a number is part of it. */
    private static final Pattern NEXT_ITEM = Pattern.compile("^\\s*\\d{1,3}[.)]\\s.*");

    private static final Pattern HAS_WORDS = Pattern.compile("(?s).*[\\p{L}\\p{N}].*");

    private final List<String> sentences = new ArrayList<>();
    private final StringBuilder paragraph = new StringBuilder();
    private boolean inItem;

    private PassageSentences() {}

    static List<String> of(String passage) {
        PassageSentences reading = new PassageSentences();
        passage.lines().map(line -> QUOTE.matcher(line).replaceFirst("")).forEach(reading::read);
        reading.end();
        return reading.sentences;
    }

    private void read(String line) {
        boolean isItem =
                ITEM.matcher(line).matches() || NEXT_ITEM.matcher(line).matches() && (inItem || paragraph.isEmpty());
        boolean isAlone = HEADING_OR_ROW.matcher(line).matches();
        if (line.isBlank() || FENCE_OR_RULE.matcher(line).matches()) {
            end();
        } else if (isItem || isAlone) {
            end();
            paragraph.append(Draft.MARK.matcher(line).replaceFirst(""));
            inItem = isItem;
            if (isAlone) {
                end();
            }
        } else {
            paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
        }
    }

    private void end() {
        Sentences.of(paragraph.toString()).stream()
                .filter(sentence -> HAS_WORDS.matcher(sentence).matches())
                .forEach(sentences::add);
        paragraph.setLength(0);
        inItem = false;
    }
}
