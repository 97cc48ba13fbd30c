package dev.tarn.document;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in stretches that a splitter takes in linear time. Splitters along words and sentences take quadratic time for what
 * has neither, and minutes where it is long: a megabyte of base64, of dots, of Chinese without a blank, or of blanks.
 */
final class UnbrokenRuns {
    private static final int MOST_BLANKS = 64;

    private final TokenEstimate tokens;
    private final int room;

    /**
     * @param room the most tokens of a piece
     */
    UnbrokenRuns(TokenEstimate tokens, int room) {
        this.tokens = tokens;
        this.room = room;
    }

    /** A part of the text; a piece fills a chunk by itself, anything else is to be split. */
    record Stretch(String text, boolean isPiece) {

        /** The length; never the content. */
        @Override
        public String toString() {
            return "Stretch[" + text.length() + " characters]";
        }
    }

    /** Cuts each run without blanks that has no room in one chunk; what is left of it goes with the text after it. */
    List<Stretch> cut(String text) {
        List<Stretch> stretches = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            int end = runEnd(text, at);
            // No character has more than one token.
            int cut = end - at <= room ? end : tokens.prefix(text, at, end, room);
            if (cut < end) {
                addUnlessBlank(stretches, text.substring(start, at));
                start = at;
                while (cut < end) {
                    stretches.add(new Stretch(text.substring(start, cut), true));
                    start = cut;
                    cut = tokens.prefix(text, start, end, room);
                }
            }
            at = end + 1;
        }
        addUnlessBlank(stretches, text.substring(start));
        return stretches;
    }

    private static void addUnlessBlank(List<Stretch> stretches, String text) {
        if (!text.isBlank()) {
            stretches.add(new Stretch(text, false));
        }
    }

    private static int runEnd(String text, int from) {
        int end = from;
        while (end < text.length() && !isSplitAt(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether splitters cut words here; they do not at the wider blanks of Unicode. */
    private static boolean isSplitAt(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /**
     * Shortens each long run of blanks to the break that it is: of a paragraph, a line or a word. A long run holds one of any
     * {@value #MOST_BLANKS} + 1 characters in a row, so that no others are looked at.
     */
    static String withoutLongBlanks(String text) {
        StringBuilder shortened = null;
        int copied = 0;
        int probe = MOST_BLANKS;
        while (probe < text.length()) {
            int start = probe;
            int end = probe;
            while (start > copied && Character.isWhitespace(text.charAt(start - 1))) {
                start--;
            }
            while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            if (end > probe && end - start > MOST_BLANKS) {
                shortened = shortened == null ? new StringBuilder(text.length()) : shortened;
                shortened.append(text, copied, start).append(breakOf(text.substring(start, end)));
                copied = end;
            }
            probe = end + MOST_BLANKS + 1;
        }
        return shortened == null
                ? text
                : shortened.append(text, copied, text.length()).toString();
    }

    private static String breakOf(String blanks) {
        long lines = blanks.lines().limit(3).count();
        return lines > 2 ? "\n\n" : lines > 1 ? "\n" : " ";
    }
}
