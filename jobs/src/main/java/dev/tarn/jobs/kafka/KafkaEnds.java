package dev.tarn.jobs.kafka;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.index.IndexEvent;
import dev.tarn.index.IndexProgress;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceRecord;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Makes the jobs' sources and sinks. */
public final class KafkaEnds {
    /** The connector's own five minutes are long for documents in a partition that was added. */
    private static final String DISCOVERY_INTERVAL_MS = Integer.toString(10 * 1000);

    private static final String TRANSACTION_TIMEOUT_MS = Integer.toString(15 * 60 * 1000);

    /** What comes while a request is under way goes together, anyway. */
    private static final String AT_ONCE = "0";

    private final KafkaSettings kafka;

    private KafkaEnds(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    public static KafkaEnds of(KafkaSettings kafka) {
        return new KafkaEnds(kafka);
    }

    /** How often an answer is published. */
    public enum Delivery {
        /** At once, and perhaps again after a failure. */
        AT_LEAST_ONCE,
        /** Once, and visible to readers of committed records after the next checkpoint. */
        EXACTLY_ONCE
    }

    /** Reads a topic from where its group left off, else from its beginning. */
    public Source<SourceRecord, ?, ?> source(String topic, String group) {
        return source(topic, group, new SourceRecordDeserializer(topic, kafka));
    }

    /**
     * Reads a topic from where its group left off, or from where the index has come to if that is before; else from its
     * beginning.
     */
    public Source<SourceRecord, ?, ?> source(String topic, String group, IndexProgress.Opener progress) {
        SourceRecordDeserializer deserializer = new SourceRecordDeserializer(topic, kafka);
        return new IndexedSource(source(topic, group, deserializer), deserializer, kafka, group, progress);
    }

    @SuppressWarnings("deprecation") // the connector has no other way to say "earliest"
    private KafkaSource<SourceRecord> source(String topic, String group, SourceRecordDeserializer deserializer) {
        Properties properties = kafka.clientProperties();
        properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.putIfAbsent(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_INTERVAL_MS);
        return KafkaSource.<SourceRecord>builder()
                .setProperties(properties)
                .setTopics(topic)
                .setGroupId(group)
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setDeserializer(deserializer)
                .build();
    }

    public Sink<IndexEvent> indexEvents(String topic) {
        return sink(new Serializers.IndexEvents(topic)).build();
    }

    public Sink<DeadLetter> deadLetters(String topic) {
        return sink(new Serializers.DeadLetters(topic)).build();
    }

    /**
     * Writes answers.
     *
     * @param group whose questions they answer, by which transactions are told from another job's into the same topic
     */
    public Sink<Reply> answers(String topic, Delivery delivery, String group) {
        return sink(topic, delivery, transactionalIdPrefix(topic) + "/" + group);
    }

    /** For a second sink of the same job, into the same topic. */
    public Sink<Reply> failedAnswers(String topic, Delivery delivery, String group) {
        return sink(topic, delivery, transactionalIdPrefix(topic) + "/" + group + "/failed");
    }

    private Sink<Reply> sink(String topic, Delivery delivery, String transactionalIdPrefix) {
        var sink = sink(new Serializers.Answers(topic));
        if (delivery == Delivery.EXACTLY_ONCE) {
            sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE).setTransactionalIdPrefix(transactionalIdPrefix);
        }
        return sink.build();
    }

    /** What the ids of all transactions begin with that publish answers exactly once. */
    public static String transactionalIdPrefix(String topic) {
        return "tarn-" + topic;
    }

    private <T> KafkaSinkBuilder<T> sink(KafkaRecordSerializationSchema<T> serializer) {
        Properties properties = kafka.clientProperties();
        properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(TopicSpec.MAX_RECORD_BYTES));
        properties.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, AT_ONCE);
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(serializer)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
    }
}
