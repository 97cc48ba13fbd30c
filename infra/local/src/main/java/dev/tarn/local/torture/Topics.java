package dev.tarn.local.torture;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How much there is in the topics that the job writes, and what an operator may do to the one that it reads. */
final class Topics implements AutoCloseable {
    private static final int MOST_PARTITIONS = 24;
    private static final int PARTITIONS_ADDED = 2;
    private static final int PARTITIONS_WHEN_CREATED_AGAIN = 3;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;

    /** @param kafka bootstrap servers */
    Topics(String kafka) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    long deadLetters() {
        return records("documents.dlq");
    }

    long receipts() {
        return records("index-events");
    }

    /** Gives a topic some more partitions, as long as it has few. */
    void addPartitions(String topic) {
        int partitions = partitions(topic);
        if (partitions + PARTITIONS_ADDED <= MOST_PARTITIONS) {
            done(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions + PARTITIONS_ADDED)))
                    .all());
        }
    }

    int partitions(String topic) {
        return done(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
    }

    /** Where a partition ends. */
    synchronized long end(String topic, int partition) {
        TopicPartition last = new TopicPartition(topic, partition);
        return consumer.endOffsets(List.of(last)).get(last);
    }

    void delete(String topic) {
        done(admin.deleteTopics(List.of(topic)).all());
    }

    /** Creates a compacted topic. */
    void create(String topic) {
        NewTopic compacted = new NewTopic(topic, PARTITIONS_WHEN_CREATED_AGAIN, (short) 1);
        compacted.configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        done(admin.createTopics(List.of(compacted)).all());
    }

    private static <T> T done(KafkaFuture<T> future) {
        try {
            return future.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not do it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private synchronized long records(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public synchronized void close() {
        consumer.close();
        admin.close();
    }
}
