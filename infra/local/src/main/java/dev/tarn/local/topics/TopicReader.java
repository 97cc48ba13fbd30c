package dev.tarn.local.topics;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.jobs.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads every partition of some topics, by itself. For one thread. To open one takes a moment where a topic was only just
 * created, and throws a {@link Misconfiguration} where there is no such topic: it is not an empty one.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration ONE_RECORD = Duration.ofMillis(500);

    /** Brokers hear of a new topic one after the other. */
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

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
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        if (group != null) {
            properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, group);
        }
        properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> partitions(topic, kafka.bootstrapServers()).stream())
                    .toList();
            consumer.assign(partitions);
            ends = consumer.endOffsets(partitions);
            switch (start) {
                case NOW -> ends.forEach(consumer::seek);
                case BEGINNING -> consumer.seekToBeginning(partitions);
                case COMMITTED -> {} // where a partition is read from when nobody seeks
            }
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private List<TopicPartition> partitions(String topic, String bootstrapServers) {
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        while (partitions.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new Misconfiguration(
                        "Kafka at " + bootstrapServers + " has no topic " + topic + ". Create it, or check its name.");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            partitions = consumer.partitionsFor(topic);
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** Reads what is published from now on. */
    public static TopicReader fromNow(KafkaSettings kafka, List<String> topics) {
        return new TopicReader(kafka, topics, Start.NOW, null);
    }

    /** Reads what is there. */
    public static TopicReader fromBeginning(KafkaSettings kafka, List<String> topics) {
        return new TopicReader(kafka, topics, Start.BEGINNING, null);
    }

    /** Reads one topic from these offsets on; a partition without one, from its beginning. */
    public static TopicReader from(KafkaSettings kafka, String topic, Map<TopicPartition, Long> starts) {
        TopicReader reader = new TopicReader(kafka, List.of(topic), Start.BEGINNING, null);
        starts.forEach((partition, offset) -> {
            if (reader.ends.containsKey(partition)) {
                reader.consumer.seek(partition, offset);
            }
        });
        return reader;
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
        return reached(ends);
    }

    /** Whether everything has been read up to there. */
    public boolean reached(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Where each partition ended when this reader was opened. */
    public Map<TopicPartition, Long> ends() {
        return Map.copyOf(ends);
    }

    /** From where each partition is read next. */
    public Map<TopicPartition, Long> positions() {
        return ends.keySet().stream().collect(Collectors.toMap(partition -> partition, consumer::position));
    }

    /** Reads one record, and forgets where it was; empty when there is none at the offset. */
    public Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition partition, long offset) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        while (consumer.position(partition) <= offset) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(ONE_RECORD)) {
                return record.offset() == offset ? Optional.of(record) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
