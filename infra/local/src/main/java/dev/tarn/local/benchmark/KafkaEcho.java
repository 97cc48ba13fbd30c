package dev.tarn.local.benchmark;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Records that are published one after another, and read by the same process: what Kafka takes by itself. */
final class KafkaEcho {
    private static final Duration POLL = Duration.ofSeconds(10);
    /** Nobody asks or publishes without a pause, and after one each thread and each core has to wake up. */
    private static final long PAUSE_NANOS = 50_000_000;

    private static final byte[] VALUE = "x".repeat(400).getBytes(StandardCharsets.US_ASCII);

    private KafkaEcho() {}

    /**
     * Milliseconds from publishing a record to reading it, so many trips in a row, after a pause.
     *
     * @param kafka whose topic of dead documents nobody else writes
     */
    static Latencies of(KafkaOptions kafka, int records, int trips) {
        String topic = kafka.documentsDlqTopic();
        List<Double> millis = new ArrayList<>();
        try (Publisher publisher = new Publisher(kafka.settings());
                TopicReader reader = TopicReader.fromNow(kafka.settings(), List.of(topic))) {
            for (int i = 0; i < records; i++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                long start = System.nanoTime();
                for (int trip = 0; trip < trips; trip++) {
                    publisher.send(topic, "echo", VALUE, sent -> {});
                    if (reader.poll(POLL).isEmpty()) {
                        throw new IllegalStateException("a record did not come back within " + POLL.toSeconds() + " s");
                    }
                }
                millis.add((System.nanoTime() - start) / 1e6);
            }
        }
        return Latencies.of(millis);
    }
}
