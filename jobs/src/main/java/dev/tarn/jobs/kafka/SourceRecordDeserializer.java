package dev.tarn.jobs.kafka;

import dev.tarn.source.SourceRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes a record as it is, tombstones too, and adds which generation of the topic it stands in. */
final class SourceRecordDeserializer implements KafkaRecordDeserializationSchema<SourceRecord> {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final KafkaSettings kafka;
    private transient DescribedTopic described;
    private transient Map<Integer, Long> offsets;

    SourceRecordDeserializer(String topic, KafkaSettings kafka) {
        this.topic = topic;
        this.kafka = kafka;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            described = DescribedTopic.ask(admin, topic);
        }
        offsets = new HashMap<>();
    }

    /** The topic, as it was when this was opened. */
    DescribedTopic described() {
        return described;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceRecord> out) {
        requireSameGeneration(record);
        out.collect(SourceRecords.of(record, described.generation()));
    }

    /** A topic that is created again while it is read begins anew: the job has to begin anew, too, with its new id. */
    private void requireSameGeneration(ConsumerRecord<byte[], byte[]> record) {
        Long before = offsets.put(record.partition(), record.offset());
        if (before != null && record.offset() <= before) {
            throw new IllegalStateException("the topic " + topic + " was created again: partition " + record.partition()
                    + " went from offset " + before + " to " + record.offset());
        }
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return TypeInformation.of(SourceRecord.class);
    }
}
