package dev.tarn.local.benchmark;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.topics.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How fast a consumer that does nothing else reads what was published. */
final class ConsumeRoof {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaOptions kafka;

    ConsumeRoof(KafkaOptions kafka) {
        this.kafka = kafka;
    }

    /** Where the documents topic ends now. */
    Map<TopicPartition, Long> ends() {
        try (TopicReader reader = TopicReader.fromNow(kafka.settings(), List.of(kafka.documentsTopic))) {
            return reader.ends();
        }
    }

    /** Reads from there to the end. Returns records a second. */
    double run(Map<TopicPartition, Long> starts) {
        try (TopicReader reader = TopicReader.from(kafka.settings(), kafka.documentsTopic, starts)) {
            long start = System.nanoTime();
            long records = 0;
            while (!reader.caughtUp()) {
                records += reader.poll(POLL).size();
            }
            return records / ((System.nanoTime() - start) / 1e9);
        }
    }
}
