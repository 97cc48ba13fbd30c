package dev.tarn.local.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the documents topic says: all of it read from the beginning, by a plain consumer.
 *
 * <p>The latest record of a key is the last one, by offset within a partition and else by time, but a record with a version
 * never comes after one with a greater version. So two records decide: the one with the greatest version, and the last one
 * without any. A topic that is created again, or gets more partitions, is to be read anew.
 */
final class DocumentsTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, byte[]> consumer;
    private final String generation;
    private final List<TopicPartition> partitions;
    private final Map<String, Entry> greatest = new HashMap<>();
    private final Map<String, Entry> unversioned = new HashMap<>();

    /** A record with the partition of the generation of the topic that it stands in, or stood in at first. */
    private record Entry(String log, long offset, long timestamp, Long version, byte[] value) {
        boolean isAfter(Entry other) {
            return log.equals(other.log) ? offset > other.offset : timestamp > other.timestamp;
        }
    }

    /** @param kafka bootstrap servers */
    DocumentsTopic(String kafka, String topic) {
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        generation = generation(properties, topic);
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads what has come since, and returns what each document must be; deleted ones are not among them. */
    Map<String, ExpectedDocument> read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::take);
        }
        Map<String, ExpectedDocument> documents = new HashMap<>();
        unversioned.keySet().forEach(key -> latest(key).ifPresent(document -> documents.put(key, document)));
        greatest.keySet().forEach(key -> latest(key).ifPresent(document -> documents.put(key, document)));
        return documents;
    }

    private static String generation(Properties properties, String topic) {
        try (Admin admin = Admin.create(properties)) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .topicId()
                    .toString();
        } catch (ExecutionException e) {
            throw new KafkaException("the topic can't be described", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        Entry entry = entry(record);
        if (entry.version() == null) {
            unversioned.merge(record.key(), entry, (old, now) -> now.isAfter(old) ? now : old);
        } else {
            greatest.merge(record.key(), entry, DocumentsTopic::greater);
        }
    }

    /** A record that was sent back stands where it stood at first: topic, generation, partition, offset, time. */
    private Entry entry(ConsumerRecord<String, byte[]> record) {
        Long version = version(record.value());
        Header replay = record.headers().lastHeader("tarn-replay-of");
        if (replay == null) {
            String log = generation + "/" + record.partition();
            return new Entry(log, record.offset(), record.timestamp(), version, record.value());
        }
        String[] original = new String(replay.value(), StandardCharsets.UTF_8).split("/", -1);
        return new Entry(
                original[1] + "/" + original[2],
                Long.parseLong(original[3]),
                Long.parseLong(original[4]),
                version,
                record.value());
    }

    private static Entry greater(Entry old, Entry now) {
        boolean later = now.version().equals(old.version()) ? now.isAfter(old) : now.version() > old.version();
        return later ? now : old;
    }

    private Optional<ExpectedDocument> latest(String key) {
        Entry versioned = greatest.get(key);
        Entry other = unversioned.get(key);
        boolean isVersioned = other == null || versioned != null && versioned.isAfter(other);
        Entry latest = isVersioned ? versioned : other;
        return latest.value() == null ? Optional.empty() : Optional.of(ExpectedDocument.of(parse(latest.value())));
    }

    private static Long version(byte[] value) {
        if (value == null) {
            return null;
        }
        JsonNode version = parse(value).path("version");
        return version.isNumber() ? version.longValue() : null;
    }

    private static JsonNode parse(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
