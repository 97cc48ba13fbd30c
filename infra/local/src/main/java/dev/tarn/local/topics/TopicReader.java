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

/** Reads every partition of some topics, without a group. For one thread. */
public final class TopicReader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    private TopicReader(KafkaSettings kafka, List<String> topics, boolean fromEnd) {
        Properties properties = kafka.clientProperties();
        properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        ends = consumer.endOffsets(partitions);
        if (fromEnd) {
            ends.forEach(consumer::seek);
        } else {
            consumer.seekToBeginning(partitions);
        }
    }

    /** Reads what is published from now on. */
    public static TopicReader fromNow(KafkaSettings kafka, List<String> topics) {
        return new TopicReader(kafka, topics, true);
    }

    /** Reads what is there. */
    public static TopicReader fromBeginning(KafkaSettings kafka, List<String> topics) {
        return new TopicReader(kafka, topics, false);
    }

    /** Waits for records for at most so long. */
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
        return StreamSupport.stream(consumer.poll(atMost).spliterator(), false).toList();
    }

    /** Whether everything has been read that was there when this reader was opened. */
    public boolean caughtUp() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Makes a poll that is under way in another thread throw a {@link org.apache.kafka.common.errors.WakeupException}. */
    public void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
