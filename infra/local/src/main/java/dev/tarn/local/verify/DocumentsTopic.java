package dev.tarn.local.verify;

import dev.tarn.jobs.kafka.SourceRecords;
import dev.tarn.jobs.kafka.Topics;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The documents topic, up to where it ended when this was made. */
final class DocumentsTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaOptions kafka;
    private final String generation;
    private final Map<TopicPartition, Long> ends;
    private TopicReader single;

    private DocumentsTopic(KafkaOptions kafka, String generation, Map<TopicPartition, Long> ends) {
        this.kafka = kafka;
        this.generation = generation;
        this.ends = ends;
    }

    static DocumentsTopic now(KafkaOptions kafka) {
        String generation = Topics.generation(kafka.settings(), kafka.documentsTopic);
        try (TopicReader reader = TopicReader.fromNow(kafka.settings(), List.of(kafka.documentsTopic))) {
            return new DocumentsTopic(kafka, generation, reader.ends());
        }
    }

    String name() {
        return kafka.documentsTopic;
    }

    /** The log that each partition is, to where it ended. */
    Map<String, Long> logs() {
        Map<String, Long> logs = new HashMap<>();
        ends.forEach((partition, end) -> logs.put(log(partition), end));
        return logs;
    }

    private String log(TopicPartition partition) {
        return SourcePosition.log(partition.topic(), generation, partition.partition());
    }

    /** How many records there may be, those included that compaction removed. */
    long size() {
        try (TopicReader reader = TopicReader.fromBeginning(kafka.settings(), List.of(kafka.documentsTopic))) {
            Map<TopicPartition, Long> beginnings = reader.positions();
            return ends.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - beginnings.getOrDefault(end.getKey(), 0L)))
                    .sum();
        }
    }

    /** Hands over each record up to the end. */
    void read(Consumer<SourceRecord> each) {
        try (TopicReader reader = TopicReader.fromBeginning(kafka.settings(), List.of(kafka.documentsTopic))) {
            while (!reader.reached(ends)) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    if (record.offset() < ends.getOrDefault(partition, 0L)) {
                        each.accept(SourceRecords.of(record, generation));
                    }
                }
            }
        }
    }

    /** Hands over each record that came after the end, up to now. */
    void readOn(Consumer<SourceRecord> each) {
        try (TopicReader reader = TopicReader.from(kafka.settings(), kafka.documentsTopic, ends)) {
            while (!reader.caughtUp()) {
                reader.poll(POLL).forEach(record -> each.accept(SourceRecords.of(record, generation)));
            }
        }
    }

    /** One record; empty when it is gone. */
    Optional<SourceRecord> at(int partition, long offset) {
        if (single == null) {
            single = TopicReader.fromNow(kafka.settings(), List.of(kafka.documentsTopic));
        }
        return single.at(new TopicPartition(kafka.documentsTopic, partition), offset)
                .map(record -> SourceRecords.of(record, generation));
    }

    @Override
    public void close() {
        if (single != null) {
            single.close();
        }
    }
}
