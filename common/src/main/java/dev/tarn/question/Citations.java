package dev.tarn.question;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The citations in a text: numbers of passages in brackets, like {@code [1]}, {@code [1][2]} or {@code [1, 2]}. In code
 * there are none, for {@code `a[0]`} is an element.
 */
public final class Citations {
    /** One pair of brackets with its numbers. */
    public static final String PATTERN = "\\[(\\d{1,6}(?:\\s?[,;]\\s?\\d{1,6}){0,20})]";

    /** Fenced blocks, and what stands between backticks on a line unless it is a citation alone. */
    private static final String CODE =
            "(?m:^[ ]{0,3}```)(?s:.*?)(?:(?m:^[ ]{0,3}```)|\\z)|`(?!" + PATTERN + "`)[^`\\r\\n]+`";

    private static final Pattern CITATION = Pattern.compile(PATTERN);
    private static final Pattern CODE_OR_CITATION = Pattern.compile("(" + CODE + ")|\\s{0,99}" + PATTERN);
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Citations() {}

    /** The cited numbers, in order of appearance. */
    public static Set<Integer> in(String text) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (Matcher found = CODE_OR_CITATION.matcher(text); found.find(); ) {
            if (found.group(1) == null) {
                for (Matcher number = NUMBER.matcher(found.group()); number.find(); ) {
                    numbers.add(Integer.parseInt(number.group()));
                }
            }
        }
        return numbers;
    }

    /** The text without its citations and the blanks before them. */
    public static String without(String text) {
        return CODE_OR_CITATION
                .matcher(text)
                .replaceAll(found -> found.group(1) == null ? "" : Matcher.quoteReplacement(found.group(1)));
    }

    /** The text with what looks like a citation in a form that is none: {@code [ 1 ]}. */
    static String defused(String text) {
        return text.indexOf('[') < 0 ? text : CITATION.matcher(text).replaceAll("[ $1 ]");
    }
}
