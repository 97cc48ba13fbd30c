package dev.tarn.local.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names and codes in a question: what has a capital letter or a digit within it, or begins with one inside a sentence. */
final class Names {
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N}._+-]*[\\p{L}\\p{N}])?");
    private static final Pattern SENTENCE_START = Pattern.compile("(?s)(^|.*[.!?:\"(]\\s*)");
    private static final Pattern WITHIN = Pattern.compile(".+[\\p{Lu}\\p{N}].*");
    private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{1,3}");

    private Names() {}

    /** In order; none where nearly every word has a capital letter, for then it says nothing. */
    static List<String> in(String question) {
        List<String> names = new ArrayList<>();
        int words = 0;
        for (Matcher token = TOKEN.matcher(question); token.find(); words++) {
            boolean starts =
                    SENTENCE_START.matcher(question.substring(0, token.start())).matches();
            for (String part : token.group().split("[-_]", -1)) {
                if (isName(part, starts)) {
                    names.add(part);
                }
            }
        }
        return names.size() * 4 > words * 3 && words > 3 ? List.of() : names;
    }

    private static boolean isName(String word, boolean startsSentence) {
        return word.length() > 1
                && !SHORT_NUMBER.matcher(word).matches()
                && (WITHIN.matcher(word).matches() || !startsSentence && Character.isUpperCase(word.codePointAt(0)));
    }

    /** As it is written, or without the s of its plural. */
    static boolean isIn(String text, String name) {
        return text.contains(name)
                || name.length() > 3 && name.endsWith("s") && text.contains(name.substring(0, name.length() - 1));
    }
}
