package dev.tarn.jobs.kafka;

import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Takes a record as it is, tombstones too, and adds which generation of the topic it stands in. */
final class SourceRecordDeserializer implements KafkaRecordDeserializationSchema<SourceRecord> {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final KafkaSettings kafka;
    private transient String generation;

    SourceRecordDeserializer(String topic, KafkaSettings kafka) {
        this.topic = topic;
        this.kafka = kafka;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            generation = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .topicId()
                    .toString();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not describe the topic " + topic, e.getCause());
        }
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceRecord> out) {
        out.collect(asDelivered(record, generation));
    }

    static SourceRecord asDelivered(ConsumerRecord<byte[], byte[]> record, String generation) {
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
        return new SourceRecord(position, record.key(), record.value(), headers);
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return TypeInformation.of(SourceRecord.class);
    }
}
