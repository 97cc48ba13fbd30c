package dev.tarn.local.topics;

import dev.tarn.jobs.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads every partition of some topics, by itself. For one thread. */
public final class TopicReader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    /** Where reading begins. */
    private enum Start {
        BEGINNING,
        NOW,
        COMMITTED
    }

    private TopicReader(KafkaSettings kafka, List<String> topics, Start start, String group) {
        Properties properties = kafka.clientProperties();
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        if (group != null) {
            properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, group);
        }
        properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        ends = consumer.endOffsets(partitions);
        switch (start) {
            case NOW -> ends.forEach(consumer::seek);
            case BEGINNING -> consumer.seekToBeginning(partitions);
            case COMMITTED -> {} // where a partition is read from when nobody seeks
        }
    }

    /** Reads what is published from now on. */
    public static TopicReader fromNow(KafkaSettings kafka, List<String> topics) {
        return new TopicReader(kafka, topics, Start.NOW, null);
    }

    /** Reads what is there. */
    public static TopicReader fromBeginning(KafkaSettings kafka, List<String> topics) {
        return new TopicReader(kafka, topics, Start.BEGINNING, null);
    }

    /** Reads what the group has not committed, from the beginning where it has committed nothing. */
    public static TopicReader fromCommitted(KafkaSettings kafka, List<String> topics, String group) {
        return new TopicReader(kafka, topics, Start.COMMITTED, group);
    }

    /** Commits what has been read, for the group. */
    public void commit() {
        consumer.commitSync();
    }

    /** Waits for records for at most so long. */
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
        return StreamSupport.stream(consumer.poll(atMost).spliterator(), false).toList();
    }

    /** Whether everything has been read that was there when this reader was opened. */
    public boolean caughtUp() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
