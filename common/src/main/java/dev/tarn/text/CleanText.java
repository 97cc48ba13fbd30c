package dev.tarn.text;

import java.nio.charset.StandardCharsets;

/**
 * Text that can be embedded, stored and shown. JSON escapes can smuggle in halves of surrogate pairs, which do not survive
 * UTF-8, and control characters, which some take for blanks and some do not.
 */
public final class CleanText {
    private static final int LONGEST_SHOWN = 64;

    private CleanText() {}

    /** The text with a question mark for each half pair, and a space for each control character but tabs and line breaks. */
    public static String of(String text) {
        if (isClean(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(paired(text));
        for (int i = 0; i < clean.length(); i++) {
            if (isControl(clean.charAt(i))) {
                clean.setCharAt(i, ' ');
            }
        }
        return clean.toString();
    }

    private static boolean isClean(String text) {
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (isControl(c) || c <= Character.MAX_VALUE && Character.isSurrogate((char) c)) {
                return false;
            }
        }
        return true;
    }

    /** The text with a question mark for each half pair: what is left of it once it was stored. */
    public static String paired(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** A name, for a message: its beginning, clean, where it is long. */
    public static String shown(String name) {
        return of(name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name);
    }

    private static boolean isControl(int c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r';
    }
}
