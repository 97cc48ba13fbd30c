package dev.tarn.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A Kafka record as it was delivered.
 *
 * @param position where it stands in the log
 * @param replayOf where the record stood that this one sends back, or null
 * @param key the key's bytes, or null
 * @param value the value's bytes, or null for a tombstone
 * @param headers the headers in their order
 */
public record SourceRecord(
        SourcePosition position, SourcePosition replayOf, byte[] key, byte[] value, List<SourceHeader> headers)
        implements Sourced {

    /** A record that is not sent back. */
    public SourceRecord(SourcePosition position, byte[] key, byte[] value, List<SourceHeader> headers) {
        this(position, null, key, value, headers);
    }

    @Override
    public SourceRecord source() {
        return this;
    }

    /** What it is ordered by among the records of its document: a record that is sent back keeps its place. */
    public SourcePosition ordering() {
        return replayOf == null ? position : replayOf;
    }

    /** The size of key, value and headers, in bytes. */
    public long bytes() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length) + SourceHeader.bytes(headers);
    }

    public boolean isTombstone() {
        return value == null;
    }

    /**
     * The key as text.
     *
     * @return empty when there is no key
     * @throws CharacterCodingException when the key is not UTF-8
     */
    public Optional<String> keyText() throws CharacterCodingException {
        return key == null
                ? Optional.empty()
                : Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(key))
                        .toString());
    }

    /** The position and the sizes; never the content. */
    @Override
    public String toString() {
        return "SourceRecord[" + position + ", value of " + (value == null ? 0 : value.length) + " bytes]";
    }
}
