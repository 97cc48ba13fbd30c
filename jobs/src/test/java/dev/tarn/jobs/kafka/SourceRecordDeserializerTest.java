package dev.tarn.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.deadletter.Replay;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class SourceRecordDeserializerTest {
    private static final long TIMESTAMP = 1_767_225_600_123L;
    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final byte[] VALUE = {0, -1, 7};

    @Test
    void aRecordIsTakenAsItIsWithWhereItStands() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", new byte[] {-1}).add("trace", new byte[] {2}).add("empty", null);

        SourceRecord record = SourceRecords.of(consumed(KEY, VALUE, headers), "generation");

        assertThat(record)
                .usingRecursiveComparison()
                .isEqualTo(new SourceRecord(
                        new SourcePosition("documents", "generation", 3, 42, Instant.ofEpochMilli(TIMESTAMP)),
                        KEY,
                        VALUE,
                        List.of(
                                new SourceHeader("trace", new byte[] {-1}),
                                new SourceHeader("trace", new byte[] {2}),
                                new SourceHeader("empty", null))));
    }

    @Test
    void tombstonesAndRecordsWithoutAKeyAreTakenToo() {
        SourceRecord tombstone = SourceRecords.of(consumed(KEY, null, new RecordHeaders()), "generation");
        SourceRecord keyless = SourceRecords.of(consumed(null, VALUE, new RecordHeaders()), "generation");

        assertThat(tombstone.isTombstone()).isTrue();
        assertThat(tombstone.key()).isEqualTo(KEY);
        assertThat(keyless.isTombstone()).isFalse();
        assertThat(keyless.key()).isNull();
    }

    @Test
    void aRecordThatWasSentBackSaysWhereItStoodAndStandsWhereItStands() {
        SourcePosition original = new SourcePosition("documents", "before", 1, 7, Instant.ofEpochMilli(5));
        RecordHeaders headers = new RecordHeaders();
        SourceHeader replay = Replay.header(original);
        headers.add(replay.key(), replay.value());

        SourceRecord record = SourceRecords.of(consumed(KEY, VALUE, headers), "generation");

        assertThat(record.ordering()).isEqualTo(original);
        assertThat(record.position().offset()).isEqualTo(42);
    }

    @Test
    void recordsNeedNoKryo() {
        assertThat(new SourceRecordDeserializer("documents", KafkaFixtures.NOWHERE).getProducedType())
                .isInstanceOf(PojoTypeInfo.class);
    }

    @Test
    void aTopicThatKafkaDoesNotDescribeFailsTheStartAndIsNamed() {
        SourceRecordDeserializer deserializer = new SourceRecordDeserializer("documents", KafkaFixtures.NOWHERE);

        assertThatThrownBy(() -> deserializer.open(null)).hasMessageContaining("documents");
    }

    private static ConsumerRecord<byte[], byte[]> consumed(byte[] key, byte[] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "documents",
                3,
                42,
                TIMESTAMP,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }
}
