package dev.tarn.answer;

import dev.tarn.json.VisibleText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a text, whatever its marks, case and punctuation. */
final class PlainWords {
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int STEM = 5;

    private PlainWords() {}

    /** In lower case, with a space before each and one after the last. */
    static String of(String text) {
        return OTHER.matcher(" " + VisibleText.of(text).toLowerCase(Locale.ROOT) + " ")
                .replaceAll(" ");
    }

    static List<String> list(String text) {
        String words = of(text).strip();
        return words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
    }

    /** What most inflections of the longer words share. Short words without a digit, which say little, are left out. */
    static Set<String> stems(String text) {
        Set<String> stems = new LinkedHashSet<>();
        for (String word : list(text)) {
            if (word.length() >= STEM - 1 || word.chars().anyMatch(Character::isDigit)) {
                stems.add(word.substring(0, Math.min(STEM, word.length())));
            }
        }
        return stems;
    }
}
