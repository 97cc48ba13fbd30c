package dev.tarn.local.benchmark;

import dev.tarn.document.Chunk;
import dev.tarn.index.Receipt;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.Receipts;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes documents at a steady rate, in a thread of its own, until it is closed. */
final class BackgroundLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KafkaOptions kafka;
    private final Workload workload;
    private final String token;
    private final double chunksPerSecond;
    private final Consumer<RecordMetadata> sent;
    private final Thread thread = new Thread(this::publish, "background-load");
    private volatile boolean isClosed;
    private volatile RuntimeException failure;

    private BackgroundLoad(
            KafkaOptions kafka,
            Workload workload,
            String token,
            double chunksPerSecond,
            Consumer<RecordMetadata> sent) {
        this.sent = sent;
        this.kafka = kafka;
        this.workload = workload;
        this.token = token;
        this.chunksPerSecond = chunksPerSecond;
    }

    /**
     * Begins to publish documents like these, each of them new.
     *
     * @param token that no load had
     * @param chunksPerSecond how many; 0 publishes nothing
     * @param sent is told of each
     */
    static BackgroundLoad start(
            KafkaOptions kafka,
            Workload workload,
            String token,
            double chunksPerSecond,
            Consumer<RecordMetadata> sent) {
        BackgroundLoad load = new BackgroundLoad(kafka, workload, token, chunksPerSecond, sent);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    /**
     * Waits for the documents of a load that has ended.
     *
     * @throws IllegalStateException when one of them does not reach the index
     */
    static List<Receipt> await(Receipts receipts) {
        Receipts.Result result = receipts.await(PATIENCE, arrived -> {});
        int lost = result.pending() + result.deadLetters().size();
        if (lost > 0) {
            throw new IllegalStateException(lost + " documents of the load did not reach the index");
        }
        return result.receipts();
    }

    private void publish() {
        if (chunksPerSecond <= 0) {
            return;
        }
        try (Publisher publisher = new Publisher(kafka.settings())) {
            List<List<Chunk>> chunks = workload.like(token, 1).chunks();
            long start = System.nanoTime();
            long published = 0;
            Iterator<InputDocument> documents = workload.endlessly(token);
            for (int number = 0; !isClosed; number++) {
                InputDocument document = documents.next();
                long due = start + (long) (published / chunksPerSecond * 1e9);
                while (!isClosed && System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                publisher.send(kafka.documentsTopic, document.id(), document.json(), sent);
                published += chunks.get(number % chunks.size()).size();
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /**
     * Stops to publish.
     *
     * @throws IllegalStateException when it had failed to
     */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        boolean interrupted = Thread.interrupted(); // nothing may be published any more when this returns
        try {
            thread.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("the load in the background failed", failure);
        }
    }
}
