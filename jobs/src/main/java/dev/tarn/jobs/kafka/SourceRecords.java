package dev.tarn.jobs.kafka;

import dev.tarn.deadletter.Replay;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Takes a consumer's records as they are. */
public final class SourceRecords {
    private SourceRecords() {}

    /** The record with where it stands, in this generation of its topic, and where it stood before it was sent back. */
    public static SourceRecord of(ConsumerRecord<byte[], byte[]> record, String generation) {
        List<SourceHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new SourceHeader(header.key(), header.value()));
        }
        SourcePosition position = new SourcePosition(
                record.topic(),
                generation,
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()));
        return new SourceRecord(position, Replay.original(headers).orElse(null), record.key(), record.value(), headers);
    }
}
