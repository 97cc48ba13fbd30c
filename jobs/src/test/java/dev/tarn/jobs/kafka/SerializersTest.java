package dev.tarn.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.deadletter.DeadLetter;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.IndexEvent;
import dev.tarn.index.Receipt;
import dev.tarn.question.Answer;
import dev.tarn.question.Passage;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;

class SerializersTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] KEY = {1};
    private static final Answer ANSWER = new Answer(
            "q-1",
            "Why?",
            Answer.Status.NO_ANSWER,
            null,
            List.of(),
            null,
            List.of(),
            null,
            "all-minilm",
            null,
            null,
            null,
            TIME);
    private static final SourceHeader TRACE = new SourceHeader("traceparent", new byte[] {0, -1});

    @Test
    void aReceiptIsKeyedByItsDocumentAndCarriesItsTrace() throws IOException {
        Receipt receipt = new Receipt(
                "größe",
                "default",
                7L,
                Receipt.Action.INDEXED,
                3,
                2,
                1,
                0,
                new Receipt.Source("d", "g", 1, 2),
                TIME,
                TIME);

        ProducerRecord<byte[], byte[]> record = new Serializers.IndexEvents("index-events")
                .serialize(new IndexEvent(receipt, List.of(TRACE)), null, 5L);

        assertThat(record.topic()).isEqualTo("index-events");
        assertThat(record.key()).isEqualTo("größe".getBytes(UTF_8));
        assertThat(record.headers().lastHeader("traceparent").value()).isEqualTo(TRACE.value());
        JsonNode json = new ObjectMapper().readTree(record.value());
        assertThat(json.get("documentId").textValue()).isEqualTo("größe");
        assertThat(json.get("action").textValue()).isEqualTo("indexed");
        assertThat(json.get("source").get("offset").longValue()).isEqualTo(2);
        assertThat(json.get("indexedAt").textValue()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void anAnswerIsKeyedByItsQuestionAndCarriesTheHeadersOfTheQuestion() throws IOException {

        ProducerRecord<byte[], byte[]> record =
                new Serializers.Answers("answers").serialize(new Reply(ANSWER, List.of(TRACE)), null, 5L);

        assertThat(record.topic()).isEqualTo("answers");
        assertThat(record.key()).isEqualTo("q-1".getBytes(UTF_8));
        assertThat(record.headers().lastHeader("traceparent").value()).isEqualTo(TRACE.value());
        JsonNode json = new ObjectMapper().readTree(record.value());
        assertThat(json.get("status").textValue()).isEqualTo("no_answer");
        assertThat(json.get("answer").isNull()).isTrue();
    }

    @Test
    void anAnswerToAQuestionWithLargeHeadersKeepsItsTraceOnly() {
        SourceHeader large = new SourceHeader("large", new byte[TopicSpec.MAX_DOCUMENT_BYTES]);

        ProducerRecord<byte[], byte[]> record =
                new Serializers.Answers("answers").serialize(new Reply(ANSWER, List.of(large, TRACE)), null, 5L);

        assertThat(record.headers().toArray()).extracting(Header::key).containsExactly("traceparent");
    }

    @Test
    void anAnswerWhosePassagesTheTopicDoesNotTakeFailsAndSaysWhy() throws IOException {
        Passage passage = new Passage(1, "d", null, "c", null, "\u0001".repeat(8_000), 0.5, "text".repeat(9_000));
        Answer large = new Answer(
                "q-1",
                "Why?",
                Answer.Status.NO_ANSWER,
                null,
                List.of(),
                0.25,
                Collections.nCopies(100, passage),
                null,
                "all-minilm",
                null,
                null,
                null,
                TIME);

        ProducerRecord<byte[], byte[]> record =
                new Serializers.Answers("answers").serialize(new Reply(large, List.of(TRACE)), null, 5L);

        assertThat(bytes(record)).isLessThan(TopicSpec.MAX_DOCUMENT_BYTES);
        JsonNode json = new ObjectMapper().readTree(record.value());
        assertThat(json.get("id").textValue()).isEqualTo("q-1");
        assertThat(json.get("status").textValue()).isEqualTo("failed");
        assertThat(json.get("error").textValue()).contains("topK");
        assertThat(json.get("evidence").doubleValue()).isEqualTo(0.25);
        assertThat(json.get("sources")).isEmpty();
    }

    @Test
    void aDeadLetterIsTheRecordAsItCameAndSaysWhatHappened() {
        SourceRecord source = new SourceRecord(
                Records.at(42), new byte[] {-1}, new byte[] {-2, 0}, List.of(TRACE, new SourceHeader("empty", null)));

        ProducerRecord<byte[], byte[]> record = serialize(source);

        assertThat(record.topic()).isEqualTo("documents.dlq");
        assertThat(record.key()).isEqualTo(new byte[] {-1});
        assertThat(record.value()).isEqualTo(new byte[] {-2, 0});
        assertThat(record.partition()).isNull();
        assertThat(record.headers().lastHeader("traceparent").value()).isEqualTo(TRACE.value());
        assertThat(record.headers().lastHeader("empty").value()).isNull();
        assertThat(text(record, DeadLetter.STAGE)).isEqualTo("parse");
        assertThat(text(record, DeadLetter.REASON)).isEqualTo("no text");
        assertThat(text(record, DeadLetter.ERROR_CLASS)).isEqualTo("PermanentFailure");
        assertThat(text(record, DeadLetter.SOURCE_TOPIC)).isEqualTo("documents");
        assertThat(text(record, DeadLetter.SOURCE_PARTITION)).isEqualTo("0");
        assertThat(text(record, DeadLetter.SOURCE_OFFSET)).isEqualTo("42");
    }

    @Test
    void aRecordThatUnpackedToMoreThanTheTopicTakesIsCutAndSaysSo() {
        byte[] large = new byte[TopicSpec.MAX_RECORD_BYTES];

        ProducerRecord<byte[], byte[]> value = serialize(new SourceRecord(Records.at(1), KEY, large, List.of(TRACE)));
        ProducerRecord<byte[], byte[]> key = serialize(new SourceRecord(Records.at(1), large, null, List.of()));
        ProducerRecord<byte[], byte[]> header =
                serialize(new SourceRecord(Records.at(1), KEY, KEY, List.of(new SourceHeader("large", large))));

        assertThat(value.key()).isEqualTo(KEY);
        assertThat(value.value()).hasSize(TopicSpec.MAX_DOCUMENT_BYTES);
        assertThat(text(value, DeadLetter.CUT_VALUE_BYTES)).isEqualTo(Integer.toString(large.length));
        assertThat(text(value, DeadLetter.SOURCE_OFFSET)).isEqualTo("1");
        assertThat(key.key()).hasSizeLessThan(TopicSpec.MAX_DOCUMENT_BYTES);
        assertThat(key.value()).isNull();
        assertThat(header.headers().lastHeader("large")).isNull();
        assertThat(header.value()).isEqualTo(KEY);
    }

    @Test
    void namesAndNumbersOfHeadersCountForWhatTheTopicTakes() {
        int most = TopicSpec.MAX_RECORD_BYTES;
        SourceHeader named = new SourceHeader("€".repeat(most / 3), null);
        List<SourceHeader> many = Collections.nCopies(40_000, new SourceHeader("h", null));

        assertThat(bytes(serialize(new SourceRecord(Records.at(1), KEY, KEY, List.of(named)))))
                .isLessThan(most);
        for (int value = most - (1 << 20); value < most; value += 1 << 15) {
            assertThat(bytes(serialize(new SourceRecord(Records.at(1), KEY, new byte[value], many))))
                    .isLessThan(most);
        }
    }

    @Test
    void aDeadTombstoneWithoutAKeyStaysOne() {
        ProducerRecord<byte[], byte[]> record = serialize(new SourceRecord(Records.at(1), null, null, List.of()));

        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
    }

    @Test
    void aRecordThatDiesAgainSaysOnlyWhatHappenedLast() {
        SourceRecord first = new SourceRecord(Records.at(1), new byte[] {1}, new byte[] {2}, List.of(TRACE));
        List<SourceHeader> headersOfFirst = Arrays.stream(
                        serialize(first).headers().toArray())
                .map(header -> new SourceHeader(header.key(), header.value()))
                .toList();

        ProducerRecord<byte[], byte[]> again =
                serialize(new SourceRecord(Records.at(9), new byte[] {1}, new byte[] {2}, headersOfFirst));

        assertThat(again.headers().headers(DeadLetter.STAGE)).hasSize(1);
        assertThat(text(again, DeadLetter.SOURCE_OFFSET)).isEqualTo("9");
        assertThat(again.headers().toArray()).extracting(Header::key).contains("traceparent");
    }

    private static ProducerRecord<byte[], byte[]> serialize(SourceRecord source) {
        DeadLetter dead = DeadLetter.of(source, "parse", new PermanentFailure("no text"));
        return new Serializers.DeadLetters("documents.dlq").serialize(dead, null, 5L);
    }

    /** As Kafka's producer counts it before it compares it with max.request.size. */
    private static int bytes(ProducerRecord<byte[], byte[]> record) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                record.key(),
                record.value(),
                record.headers().toArray());
    }

    private static String text(ProducerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), UTF_8);
    }
}
