package dev.tarn.redis;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.source.SourcePosition;
import java.util.List;

/** Positions as the scripts compare them: as text of equal width. */
final class Positions {
    private static final int WIDTH = 20;

    private Positions() {}

    /** Version or empty text, log, offset, timestamp, and what the record is. */
    static List<String> arguments(ChunkedDocument document) {
        SourcePosition position = document.source().ordering();
        Long version = document.isDelete() ? null : document.document().version();
        return List.of(
                version == null ? "" : sortable(version),
                position.log(),
                sortable(position.offset()),
                sortable(position.timestamp().toEpochMilli()),
                document.isDelete() ? "delete" : "put");
    }

    /** The number that {@link #sortable} wrote, or null for empty text. */
    static Long parse(String sortable) {
        return sortable == null || sortable.isEmpty() ? null : Long.parseUnsignedLong(sortable) ^ Long.MIN_VALUE;
    }

    /** Text that sorts as the number does, negative ones included. */
    static String sortable(long number) {
        String digits = Long.toUnsignedString(number ^ Long.MIN_VALUE);
        return "0".repeat(WIDTH - digits.length()) + digits;
    }
}
