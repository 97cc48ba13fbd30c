package dev.tarn.index;

import dev.tarn.document.Document;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.Json;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;

/**
 * The place of a record among those of its document, by the rule of {@link VectorIndex}.
 *
 * @param version the producer's version, or null
 * @param fence the greatest version that was seen up to it, or null; of a record alone, its own
 * @param log the log that it stands in
 * @param offset in the log
 * @param timestampMs orders records of two logs
 */
public record RecordOrder(Long version, Long fence, String log, long offset, long timestampMs) {

    /** The place of a record alone. */
    public static RecordOrder of(SourcePosition ordering, Long version) {
        return new RecordOrder(
                version,
                version,
                ordering.log(),
                ordering.offset(),
                ordering.timestamp().toEpochMilli());
    }

    /** The place of a record alone; one that can't be read has no version. */
    public static RecordOrder of(SourceRecord record) {
        return of(record.ordering(), version(record));
    }

    private static Long version(SourceRecord record) {
        try {
            return record.isTombstone()
                    ? null
                    : Json.read(record.value(), Document.class).version();
        } catch (PermanentFailure e) {
            return null;
        }
    }

    /** Whether the other is later. */
    public boolean isOlderThan(RecordOrder other) {
        if (version != null && other.version != null && !version.equals(other.version)) {
            return version < other.version;
        }
        if (version != null && other.fence != null && version < other.fence) {
            return true;
        }
        if (log.equals(other.log)) {
            return offset < other.offset;
        }
        return timestampMs != other.timestampMs ? timestampMs < other.timestampMs : log.compareTo(other.log) < 0;
    }

    /** Whether both are the same record, by where it stands. */
    public boolean isSameAs(RecordOrder other) {
        return log.equals(other.log) && offset == other.offset;
    }
}
