package dev.tarn.jobs.kafka;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.index.Receipt;
import dev.tarn.json.Json;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What the sinks write. */
final class Serializers {
    private Serializers() {}

    record Receipts(String topic) implements KafkaRecordSerializationSchema<Receipt> {
        @Override
        public ProducerRecord<byte[], byte[]> serialize(Receipt receipt, KafkaSinkContext context, Long timestamp) {
            return new ProducerRecord<>(topic, utf8(receipt.documentId()), Json.write(receipt));
        }
    }

    record Answers(String topic) implements KafkaRecordSerializationSchema<Reply> {
        @Override
        public ProducerRecord<byte[], byte[]> serialize(Reply reply, KafkaSinkContext context, Long timestamp) {
            var record = new ProducerRecord<>(topic, utf8(reply.answer().id()), Json.write(reply.answer()));
            return with(reply.headers(), record);
        }
    }

    /** The key and the value as they came. */
    record DeadLetters(String topic) implements KafkaRecordSerializationSchema<DeadLetter> {
        @Override
        public ProducerRecord<byte[], byte[]> serialize(DeadLetter dead, KafkaSinkContext context, Long timestamp) {
            var record = new ProducerRecord<>(
                    topic, dead.source().key(), dead.source().value());
            return with(dead.headers(), record);
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
