package dev.tarn.local.topics;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.index.Receipt;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;

/** Waits until every record that was sent to the documents topic has its receipt, or is a dead letter. */
public final class Receipts implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaOptions kafka;
    private final TopicReader reader;
    private final Set<Place> expected = new HashSet<>();

    /** Starts to listen; what is sent after this will be heard. */
    public Receipts(KafkaOptions kafka) {
        this.kafka = kafka;
        reader = TopicReader.fromNow(kafka.settings(), List.of(kafka.indexEventsTopic, kafka.documentsDlqTopic()));
    }

    private record Place(int partition, long offset) {}

    /**
     * What became of the records.
     *
     * @param receipts of those that reached the index
     * @param deadLetters why the others did not
     * @param pending how many had neither when the time was up
     */
    public record Result(List<Receipt> receipts, List<String> deadLetters, int pending) {}

    /** Waits for this record, too. May be called from any thread. */
    public synchronized void expect(RecordMetadata sent) {
        expected.add(new Place(sent.partition(), sent.offset()));
    }

    /**
     * Waits for all that is expected.
     *
     * @param patience how long nothing at all may arrive
     * @param progress is told how many have arrived
     */
    public Result await(Duration patience, IntConsumer progress) {
        List<Receipt> receipts = new ArrayList<>();
        List<String> deadLetters = new ArrayList<>();
        long lastArrival = System.nanoTime();
        while (pending() > 0 && System.nanoTime() - lastArrival < patience.toNanos()) {
            int before = receipts.size() + deadLetters.size();
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                if (record.topic().equals(kafka.indexEventsTopic)) {
                    Receipt receipt = Json.read(record.value(), Receipt.class);
                    if (arrived(
                            receipt.source().topic(),
                            receipt.source().partition(),
                            receipt.source().offset())) {
                        receipts.add(receipt);
                    }
                } else if (arrived(
                        header(record, DeadLetter.SOURCE_TOPIC),
                        Integer.parseInt(header(record, DeadLetter.SOURCE_PARTITION)),
                        Long.parseLong(header(record, DeadLetter.SOURCE_OFFSET)))) {
                    deadLetters.add(
                            new String(record.key() == null ? new byte[0] : record.key(), StandardCharsets.UTF_8) + ": "
                                    + header(record, DeadLetter.STAGE) + ": " + header(record, DeadLetter.REASON));
                }
            }
            int after = receipts.size() + deadLetters.size();
            if (after > before) {
                lastArrival = System.nanoTime();
                progress.accept(after);
            }
        }
        return new Result(receipts, deadLetters, pending());
    }

    private synchronized boolean arrived(String topic, int partition, long offset) {
        return topic.equals(kafka.documentsTopic) && expected.remove(new Place(partition, offset));
    }

    private synchronized int pending() {
        return expected.size();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "0" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        reader.close();
    }
}
