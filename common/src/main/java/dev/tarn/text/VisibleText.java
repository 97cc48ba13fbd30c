package dev.tarn.text;

import java.util.Set;

/**
 * Text as a reader sees it: without the characters that show nothing and can hide or reorder what is shown. These are
 * terminal and other control characters, directions, zero-width characters, tags, variation selectors and what Unicode reserves for such.
 */
public final class VisibleText {
    /** Letters, marks and a pattern without a dot that show nothing. */
    private static final Set<Integer> BLANK = Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0);

    private VisibleText() {}

    /** The text without them; line breaks and tabs stay. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(c -> isHidden(c) || isSeparator(c))) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isHidden(c)).forEach(c -> visible.appendCodePoint(isSeparator(c) ? '\n' : c));
        return visible.toString();
    }

    /** The text without them in one line, with a blank for each line break and tab. */
    public static String line(String text) {
        return of(text).replaceAll("[\\n\\r\\t]", " ");
    }

    private static boolean isHidden(int c) {
        if (c < 0x7F) {
            return c < ' ' && c != '\n' && c != '\t' && c != '\r';
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.PRIVATE_USE
                || isVariationSelector(c)
                || isReserved(c)
                || BLANK.contains(c);
    }

    private static boolean isVariationSelector(int c) {
        return c >= 0xFE00 && c <= 0xFE0F || c >= 0x180B && c <= 0x180F;
    }

    /**
     * Characters without a meaning yet that show nothing.
     *
     * @see <a href="https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point">Default_Ignorable_Code_Point</a>
     */
    private static boolean isReserved(int c) {
        return c == 0x2065 || c >= 0xFFF0 && c <= 0xFFF8 || c >= 0xE0000 && c <= 0xE0FFF;
    }

    private static boolean isSeparator(int c) {
        return c == '\u2028' || c == '\u2029';
    }
}
