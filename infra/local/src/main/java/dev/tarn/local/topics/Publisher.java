package dev.tarn.local.topics;

import dev.tarn.jobs.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records, many at once; the first failure is thrown by whatever call comes after it. */
public final class Publisher implements AutoCloseable {
    private static final String MAX_REQUEST_BYTES = Integer.toString(16 << 20);

    private final KafkaProducer<byte[], byte[]> producer;
    private volatile Exception failure;

    public Publisher(KafkaSettings kafka) {
        Properties properties = kafka.clientProperties();
        properties.putIfAbsent(ProducerConfig.ACKS_CONFIG, "all");
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Sends one record.
     *
     * @param value null for a tombstone
     * @param sent is told where it stands once Kafka has it, in another thread
     * @throws KafkaException when this or an earlier record can't be sent
     */
    public void send(String topic, String key, byte[] value, Consumer<RecordMetadata> sent) {
        send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value), sent);
    }

    /** Sends one record with its headers. */
    public void send(String topic, byte[] key, byte[] value, List<Header> headers) {
        send(new ProducerRecord<>(topic, null, key, value, headers), metadata -> {});
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    private void send(ProducerRecord<byte[], byte[]> record, Consumer<RecordMetadata> sent) {
        requireNoFailure();
        producer.send(record, (metadata, exception) -> {
            if (exception == null) {
                sent.accept(metadata);
            } else {
                failure = exception;
            }
        });
    }

    /** Returns when Kafka has all records. */
    public void flush() {
        producer.flush();
        requireNoFailure();
    }

    private void requireNoFailure() {
        if (failure != null) {
            throw new KafkaException("Kafka did not take a record: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
