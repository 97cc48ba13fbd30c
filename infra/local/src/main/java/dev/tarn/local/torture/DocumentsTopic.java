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
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the documents topic says: all of it read from the beginning, by a plain consumer.
 *
 * <p>The latest record of a key is the last one, but a record with a version never comes after one with a greater
 * version. So two records decide: the one with the greatest version, and the last one without any.
 */
final class DocumentsTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<String, Entry> greatest = new HashMap<>();
    private final Map<String, Entry> unversioned = new HashMap<>();
    private long records;

    private record Entry(long offset, Long version, byte[] value) {}

    /** @param kafka bootstrap servers */
    DocumentsTopic(String kafka, String topic) {
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
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

    /** Records read so far. */
    long records() {
        return records;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        records++;
        Long version = version(record.value());
        Entry entry = new Entry(offset(record), version, record.value());
        if (version == null) {
            unversioned.merge(record.key(), entry, (old, now) -> now.offset() > old.offset() ? now : old);
        } else {
            greatest.merge(record.key(), entry, DocumentsTopic::greater);
        }
    }

    /** A record that was sent back stands where it stood at first: topic, generation, partition, offset, time. */
    private static long offset(ConsumerRecord<String, byte[]> record) {
        Header original = record.headers().lastHeader("tarn-replay-of");
        return original == null
                ? record.offset()
                : Long.parseLong(new String(original.value(), StandardCharsets.UTF_8).split("/", -1)[3]);
    }

    private static Entry greater(Entry old, Entry now) {
        boolean later =
                now.version().equals(old.version()) ? now.offset() > old.offset() : now.version() > old.version();
        return later ? now : old;
    }

    private Optional<ExpectedDocument> latest(String key) {
        Entry versioned = greatest.get(key);
        Entry other = unversioned.get(key);
        boolean isVersioned = other == null || versioned != null && versioned.offset() > other.offset();
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
