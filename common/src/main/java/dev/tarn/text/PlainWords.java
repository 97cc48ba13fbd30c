package dev.tarn.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a text, whatever its marks, case and punctuation. */
public final class PlainWords {
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** A short word with a digit, or with two capital letters. */
    private static final Pattern CODE = Pattern.compile(".*(?:\\d|\\p{Lu}.*\\p{Lu}).*");

    private static final int STEM = 5;

    private PlainWords() {}

    /** In lower case, with a space before each and one after the last. */
    public static String of(String text) {
        return OTHER.matcher(" " + VisibleText.of(text).toLowerCase(Locale.ROOT) + " ")
                .replaceAll(" ");
    }

    /** One after the other. */
    public static List<String> list(String text) {
        String words = of(text).strip();
        return words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
    }

    /** What most inflections of the longer words share. Short words, which say little, are left out, but for codes. */
    public static Set<String> stems(String text) {
        Set<String> stems = new LinkedHashSet<>();
        for (String word : OTHER.split(VisibleText.of(text), 0)) {
            if (word.length() >= STEM - 1 || CODE.matcher(word).matches()) {
                stems.add(word.substring(0, Math.min(STEM, word.length())).toLowerCase(Locale.ROOT));
            }
        }
        return stems;
    }
}
