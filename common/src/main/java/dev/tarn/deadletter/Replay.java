package dev.tarn.deadletter;

import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The header of a record that was sent back: where it stood at first, as topic, generation, partition, offset and
 * milliseconds, between slashes. The index orders the record by that, so that it never replaces a later one.
 */
public final class Replay {
    public static final String HEADER = "tarn-replay-of";

    private static final int PARTS = 5;

    private Replay() {}

    /** The header that says where a record stood. */
    public static SourceHeader header(SourcePosition original) {
        String text = original.log() + "/" + original.offset() + "/"
                + original.timestamp().toEpochMilli();
        return new SourceHeader(HEADER, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the record stood at first; empty when it was not sent back, or the header can't be read. */
    public static Optional<SourcePosition> original(List<SourceHeader> headers) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            SourceHeader header = headers.get(i);
            if (header.key().equals(HEADER) && header.value() != null) {
                return parse(new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    private static Optional<SourcePosition> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != PARTS || parts[0].isEmpty()) {
            return Optional.empty();
        }
        try {
            int partition = Integer.parseInt(parts[2]);
            long offset = Long.parseLong(parts[3]);
            Instant timestamp = Instant.ofEpochMilli(Long.parseLong(parts[4]));
            return partition < 0 || offset < 0
                    ? Optional.empty()
                    : Optional.of(new SourcePosition(parts[0], parts[1], partition, offset, timestamp));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
