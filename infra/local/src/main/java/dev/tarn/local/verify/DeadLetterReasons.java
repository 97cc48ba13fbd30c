package dev.tarn.local.verify;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.source.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Why records of the documents topic were refused. */
final class DeadLetterReasons {
    private static final Duration POLL = Duration.ofMillis(500);

    private DeadLetterReasons() {}

    /** Those of the records that are dead letters, each with the reason of the latest. */
    static Map<SourcePosition, String> of(KafkaOptions kafka, Collection<SourcePosition> records) {
        Map<SourcePosition, String> reasons = new HashMap<>();
        Map<String, SourcePosition> wanted = new HashMap<>();
        records.forEach(record -> wanted.put(place(record.partition(), record.offset()), record));
        Set<String> generations = new HashSet<>();
        records.forEach(record -> generations.add(record.generation()));
        try (TopicReader reader = TopicReader.fromBeginning(kafka.settings(), List.of(kafka.documentsDlqTopic()))) {
            while (!reader.caughtUp()) {
                for (ConsumerRecord<byte[], byte[]> letter : reader.poll(POLL)) {
                    String generation = header(letter, DeadLetter.SOURCE_GENERATION);
                    SourcePosition record = wanted.get(header(letter, DeadLetter.SOURCE_PARTITION) + "/"
                            + header(letter, DeadLetter.SOURCE_OFFSET));
                    if (record != null && (generation.isEmpty() || generations.contains(generation))) {
                        reasons.put(
                                record, header(letter, DeadLetter.STAGE) + ": " + header(letter, DeadLetter.REASON));
                    }
                }
            }
        }
        return reasons;
    }

    private static String place(int partition, long offset) {
        return partition + "/" + offset;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
