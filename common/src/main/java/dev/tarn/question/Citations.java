package dev.tarn.question;

import dev.tarn.text.CodeBlocks;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The citations in a text: numbers of passages in brackets, like {@code [1]}, {@code [1][2]} or {@code [1, 2]}, and what
 * models write instead: {@code [1-3]}, {@code [1 and 2]}, {@code [#1]}, {@code [^1]}, {@code [passage 1]}, {@code [Passage 1:
 * its title]}, other brackets and digits. No prompt has more than {@value Question#MAX_TOP_K} passages, so that {@code [1970]} is
 * a year. In code there are none, for {@code `a[0]`} is an element; nor is a range from 0, like the digits {@code [0-9]}, or of
 * all others, like {@code [^1-9]}.
 */
public final class Citations {
    /** Up to {@link Question#MAX_TOP_K}. */
    private static final String NUMBER = "(?:100|\\p{Nd}{1,2})";

    private static final String NAMED = "(?i:passages?|sources?|documents?)\\s[#^]?" + NUMBER;
    private static final String ONE = "(?:" + NAMED + "|[#^]?" + NUMBER + ")";

    /** One pair of brackets with its numbers. */
    public static final String PATTERN = "[\\[\\uFF3B\\u3010](?![#^]?0\\s?[\\u2013-]|\\^\\p{Nd}+\\s?[\\u2013-])"
            + "(" + NAMED + ":[^\\[\\]\\r\\n]{0,200}|" + ONE + "(?:\\s?(?:[,;&\\u2013-]|(?i:and))\\s?" + ONE
            + "){0,20})[\\]\\uFF3D\\u3011]";

    /** Fenced blocks, and what stands between backticks on a line unless it is a citation alone. */
    private static final String CODE = CodeBlocks.PATTERN + "|`(?!" + PATTERN + "`)[^`\\r\\n]+`";

    private static final Pattern CITATION = Pattern.compile(PATTERN);
    private static final Pattern CODE_OR_CITATION =
            Pattern.compile("(?<quoted>" + CODE + ")|\\s{0,99}(?<citation>" + PATTERN + ")");
    /** A number, or the ends of a range. */
    private static final Pattern NUMBERS =
            Pattern.compile("(" + NUMBER + ")(?:\\s?[\\u2013-]\\s?[#^]?(" + NUMBER + "))?");

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private Citations() {}

    /** The cited numbers, in order of appearance. */
    public static Set<Integer> in(String text) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (Matcher found = CODE_OR_CITATION.matcher(text); found.find(); ) {
            if (found.group("citation") != null) {
                String titled = found.group("citation").split(":", 2)[0];
                for (Matcher number = NUMBERS.matcher(titled); number.find(); ) {
                    addRange(numbers, number.group(1), number.group(2));
                }
            }
        }
        return numbers;
    }

    private static void addRange(Set<Integer> numbers, String first, String last) {
        int from = number(first);
        int to = last == null ? from : number(last);
        for (int number = from; number <= to; number++) {
            numbers.add(number);
        }
        numbers.add(from);
        numbers.add(to);
    }

    /** A supplementary digit is two {@code char}s, which {@link Integer#parseInt(String)} takes for none. */
    private static int number(String digits) {
        return digits.codePoints().reduce(0, (number, digit) -> 10 * number + Character.digit(digit, 10));
    }

    /** The text without its citations and the blanks before them. */
    public static String without(String text) {
        return CODE_OR_CITATION.matcher(text).replaceAll("${quoted}");
    }

    /** The text with each citation on one line. */
    public static String unwrapped(String text) {
        StringBuilder unwrapped = new StringBuilder();
        Matcher found = CODE_OR_CITATION.matcher(text);
        while (found.find()) {
            if (found.group("citation") != null) {
                String before = text.substring(found.start(), found.start("citation"));
                String citation = LINE_BREAK.matcher(found.group("citation")).replaceAll(" ");
                found.appendReplacement(unwrapped, Matcher.quoteReplacement(before + citation));
            }
        }
        return found.appendTail(unwrapped).toString();
    }

    /** The text with what looks like a citation in a form that is none: {@code [ 1 ]}. */
    static String defused(String text) {
        return CITATION.matcher(text).replaceAll("[ $1 ]");
    }
}
