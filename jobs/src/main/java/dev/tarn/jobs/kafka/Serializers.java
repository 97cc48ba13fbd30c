package dev.tarn.jobs.kafka;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.index.IndexEvent;
import dev.tarn.json.Json;
import dev.tarn.question.Answer;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourceRecord;
import dev.tarn.source.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What the sinks write. */
final class Serializers {
    private Serializers() {}

    record IndexEvents(String topic) implements KafkaRecordSerializationSchema<IndexEvent> {
        @Override
        public ProducerRecord<byte[], byte[]> serialize(IndexEvent event, KafkaSinkContext context, Long timestamp) {
            var record = new ProducerRecord<>(topic, utf8(event.receipt().documentId()), Json.write(event.receipt()));
            return with(event.headers(), record);
        }
    }

    /**
     * With the headers of the question. The topic takes no record of any size: where the headers are large only with their
     * trace, and where the passages are, an answer that says so.
     */
    record Answers(String topic) implements KafkaRecordSerializationSchema<Reply> {
        private static final long MOST_OF_HEADERS = 64 << 10;
        private static final int MOST = TopicSpec.MAX_DOCUMENT_BYTES - (128 << 10);

        @Override
        public ProducerRecord<byte[], byte[]> serialize(Reply reply, KafkaSinkContext context, Long timestamp) {
            byte[] value = Json.write(reply.answer());
            if (value.length > MOST) {
                value = Json.write(tooLarge(reply.answer(), value.length));
            }
            var record = new ProducerRecord<>(topic, utf8(reply.answer().id()), value);
            boolean large = SourceHeader.bytes(reply.headers()) > MOST_OF_HEADERS;
            return with(large ? TraceContext.of(reply.headers()) : reply.headers(), record);
        }

        private static Answer tooLarge(Answer answer, int bytes) {
            return new Answer(
                    answer.id(),
                    answer.question(),
                    Answer.Status.FAILED,
                    null,
                    List.of(),
                    answer.evidence(),
                    List.of(),
                    answer.model(),
                    answer.embeddingModel(),
                    "the answer takes " + bytes + " bytes with its passages, and may take " + MOST
                            + "; ask for fewer of them: topK",
                    answer.timings(),
                    answer.tokens(),
                    answer.answeredAt());
        }
    }

    /** The key and the value as they came; only the beginning of them where the topic can't take all, for they were compressed. */
    record DeadLetters(String topic) implements KafkaRecordSerializationSchema<DeadLetter> {
        private static final int MOST = TopicSpec.MAX_RECORD_BYTES - (64 << 10);
        private static final int MOST_OF_KEY = 1 << 20;

        @Override
        public ProducerRecord<byte[], byte[]> serialize(DeadLetter dead, KafkaSinkContext context, Long timestamp) {
            SourceRecord source = dead.source();
            return source.bytes() <= MOST
                    ? with(dead.headers(), new ProducerRecord<>(topic, source.key(), source.value()))
                    : cut(dead);
        }

        private ProducerRecord<byte[], byte[]> cut(DeadLetter dead) {
            byte[] value = dead.source().value();
            List<SourceHeader> headers = new ArrayList<>(dead.headers());
            headers.removeIf(header -> !DeadLetter.isOwn(header.key()));
            headers.add(new SourceHeader(DeadLetter.CUT_VALUE_BYTES, utf8(Long.toString(length(value)))));
            return with(
                    headers,
                    new ProducerRecord<>(
                            topic,
                            beginning(dead.source().key(), MOST_OF_KEY),
                            beginning(value, TopicSpec.MAX_DOCUMENT_BYTES)));
        }

        private static long length(byte[] bytes) {
            return bytes == null ? 0 : bytes.length;
        }

        private static byte[] beginning(byte[] bytes, int most) {
            return length(bytes) <= most ? bytes : Arrays.copyOf(bytes, most);
        }
    }

    private static ProducerRecord<byte[], byte[]> with(
            List<SourceHeader> headers, ProducerRecord<byte[], byte[]> record) {
        headers.forEach(header -> record.headers().add(header.key(), header.value()));
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
