package dev.tarn.document;

import java.nio.charset.StandardCharsets;

/** Text that survives a trip through UTF-8: JSON escapes can smuggle in half of a surrogate pair. */
final class WellFormed {
    private WellFormed() {}

    static String text(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
