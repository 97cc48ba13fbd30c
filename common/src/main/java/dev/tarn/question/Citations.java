package dev.tarn.question;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The citations in a text: numbers of passages in brackets, like {@code [1]}, {@code [1][2]} or {@code [1, 2]}. */
public final class Citations {
    /** One pair of brackets with its numbers. */
    public static final String PATTERN = "\\[(\\d{1,6}(?:\\s?[,;]\\s?\\d{1,6}){0,20})]";

    private static final Pattern CITATION = Pattern.compile(PATTERN);
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Citations() {}

    /** The cited numbers, in order of appearance. */
    public static Set<Integer> in(String text) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (Matcher citation = CITATION.matcher(text); citation.find(); ) {
            for (Matcher number = NUMBER.matcher(citation.group(1)); number.find(); ) {
                numbers.add(Integer.parseInt(number.group()));
            }
        }
        return numbers;
    }

    /** The text with what looks like a citation in a form that is none: {@code [ 1 ]}. */
    static String defused(String text) {
        return text.indexOf('[') < 0 ? text : CITATION.matcher(text).replaceAll("[ $1 ]");
    }
}
