package dev.tarn.question;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The citations in a text: numbers of passages in brackets, like {@code [1]}, {@code [1][2]} or {@code [1, 2]}, and what
 * models write instead: {@code [1-3]}, {@code [1 and 2]}, {@code [passage 1]}, other brackets and digits. In code there are
 * none, for {@code `a[0]`} is an element; nor is a range from 0, like the digits {@code [0-9]}.
 */
public final class Citations {
    /** One pair of brackets with its numbers. */
    public static final String PATTERN = "[\\[\\uFF3B\\u3010](?!0\\s?[\\u2013-])((?:(?i:passages?|sources?)\\s)?"
            + "\\p{Nd}{1,6}(?:\\s?(?:[,;&\\u2013-]|(?i:and))\\s?\\p{Nd}{1,6}){0,20})[\\]\\uFF3D\\u3011]";

    /** Fenced blocks, and what stands between backticks on a line unless it is a citation alone. */
    private static final String CODE =
            "(?m:^[ ]{0,3}```)(?s:.*?)(?:(?m:^[ ]{0,3}```)|\\z)|`(?!" + PATTERN + "`)[^`\\r\\n]+`";

    private static final Pattern CITATION = Pattern.compile(PATTERN);
    private static final Pattern CODE_OR_CITATION = Pattern.compile("(" + CODE + ")|\\s{0,99}" + PATTERN);
    /** A number, or the ends of a range. */
    private static final Pattern NUMBER = Pattern.compile("(\\p{Nd}+)(?:\\s?[\\u2013-]\\s?(\\p{Nd}+))?");

    /** The longest range that is followed from end to end: a prompt holds fewer passages. */
    private static final int MOST_OF_RANGE = 100;

    private Citations() {}

    /** The cited numbers, in order of appearance. */
    public static Set<Integer> in(String text) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (Matcher found = CODE_OR_CITATION.matcher(text); found.find(); ) {
            if (found.group(1) == null) {
                for (Matcher number = NUMBER.matcher(found.group()); number.find(); ) {
                    addRange(numbers, number.group(1), number.group(2));
                }
            }
        }
        return numbers;
    }

    private static void addRange(Set<Integer> numbers, String first, String last) {
        int from = Integer.parseInt(first);
        int to = last == null ? from : Integer.parseInt(last);
        for (int number = from; number <= to && number - from < MOST_OF_RANGE; number++) {
            numbers.add(number);
        }
        numbers.add(from);
        numbers.add(to);
    }

    /** The text without its citations and the blanks before them. */
    public static String without(String text) {
        return CODE_OR_CITATION
                .matcher(text)
                .replaceAll(found -> found.group(1) == null ? "" : Matcher.quoteReplacement(found.group(1)));
    }

    /** The text with what looks like a citation in a form that is none: {@code [ 1 ]}. */
    static String defused(String text) {
        return CITATION.matcher(text).replaceAll("[ $1 ]");
    }
}
