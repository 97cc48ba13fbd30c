package dev.tarn.local.torture;

import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How much there is in the topics that the job writes. */
final class Topics implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param kafka bootstrap servers */
    Topics(String kafka) {
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
    }
}
