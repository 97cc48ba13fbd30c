package dev.tarn.source;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One Kafka record header. */
public record SourceHeader(String key, byte[] value) {

    /** The lengths of name and value in a record, at most: two varints of 32 bits. */
    private static final int FRAME = 10;

    /**
     * The most that headers take in a record, in bytes.
     *
     * @see <a href="https://kafka.apache.org/documentation/#recordheader">Record Header</a>
     */
    public static long bytes(List<SourceHeader> headers) {
        long bytes = 0;
        for (SourceHeader header : headers) {
            bytes += header.key().getBytes(StandardCharsets.UTF_8).length
                    + (header.value() == null ? 0 : header.value().length)
                    + FRAME;
        }
        return bytes;
    }
}
