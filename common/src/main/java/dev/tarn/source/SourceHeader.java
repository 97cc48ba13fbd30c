package dev.tarn.source;

import java.util.List;

/** One Kafka record header. */
public record SourceHeader(String key, byte[] value) {

    /** The size of headers with their names, in bytes; names count as ASCII. */
    public static long bytes(List<SourceHeader> headers) {
        long bytes = 0;
        for (SourceHeader header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
