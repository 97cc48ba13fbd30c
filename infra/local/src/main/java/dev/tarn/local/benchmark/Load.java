package dev.tarn.local.benchmark;

import dev.tarn.index.Receipt;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.Receipts;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;

/** Publishes documents as fast as Kafka takes them, and waits for all of their receipts. */
final class Load {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KafkaOptions kafka;

    Load(KafkaOptions kafka) {
        this.kafka = kafka;
    }

    /** From the first record sent to the last receipt read. */
    record Result(double seconds, List<Receipt> receipts) {
        int chunks() {
            return sum(Receipt::chunks);
        }

        int embedded() {
            return sum(Receipt::embedded);
        }

        double chunksPerSecond() {
            return chunks() / seconds;
        }

        double documentsPerSecond() {
            return receipts.size() / seconds;
        }

        private int sum(ToIntFunction<Receipt> part) {
            return receipts.stream().mapToInt(part).sum();
        }
    }

    /**
     * Loads all of them.
     *
     * @throws IllegalStateException when one has no receipt in the end
     */
    Result run(List<InputDocument> documents, Events events, String task) {
        try (Receipts receipts = new Receipts(kafka);
                Publisher publisher = new Publisher(kafka.settings());
                Events.Bar bar = events.begin(task, documents.size())) {
            long start = System.nanoTime();
            for (InputDocument document : documents) {
                publisher.send(kafka.documentsTopic, document.id(), document.json(), receipts::expect);
            }
            publisher.flush();
            Receipts.Result result = receipts.await(PATIENCE, bar);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (result.receipts().size() != documents.size()) {
                throw new IllegalStateException(documents.size()
                        - result.receipts().size() + " of " + documents.size() + " documents did not reach the index: "
                        + result.deadLetters().stream().limit(3).toList());
            }
            return new Result(seconds, result.receipts());
        }
    }
}
