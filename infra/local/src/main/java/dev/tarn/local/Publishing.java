package dev.tarn.local;

import dev.tarn.index.Receipt;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.Receipts;
import dev.tarn.text.VisibleText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Sends records to the documents topic and, where asked, waits for their receipts. */
final class Publishing implements AutoCloseable {
    private final KafkaOptions kafka;
    private final Publisher publisher;
    private final Receipts receipts;
    private final Stopwatch watch = Stopwatch.start();
    private int sent;

    /** @param wait whether {@link #finish} waits for receipts */
    Publishing(KafkaOptions kafka, boolean wait) {
        this.kafka = kafka;
        kafka.topics(kafka.ingestTopics()).createMissing();
        publisher = new Publisher(kafka.settings());
        receipts = wait ? new Receipts(kafka) : null;
    }

    /** Sends one record; a null value deletes. */
    void send(String id, byte[] json) {
        publisher.send(kafka.documentsTopic, id, json, metadata -> {
            if (receipts != null) {
                receipts.expect(metadata);
            }
        });
        sent++;
    }

    /**
     * Waits for Kafka and, where asked, for the index, and prints the summary.
     *
     * @return whether every record reached the index, or Kafka where nobody waits
     */
    boolean finish(Duration patience, PrintWriter out, PrintWriter err) {
        publisher.flush();
        if (receipts == null) {
            out.printf("%d documents sent to %s in %s s%n", sent, kafka.documentsTopic, watch.seconds());
            return true;
        }
        Receipts.Result result;
        try (Progress progress = Progress.of("Indexing", sent)) {
            result = receipts.await(patience, progress::at);
        }
        List<Receipt> arrived = result.receipts();
        result.deadLetters().forEach(reason -> err.println("dead letter: " + VisibleText.line(reason)));
        out.printf(
                "%d documents in %s s: %s; %d chunks, %d embedded, %d reused, %d removed%n",
                sent,
                watch.seconds(),
                outcomes(arrived, result.deadLetters().size()),
                sum(arrived, Receipt::chunks),
                sum(arrived, Receipt::embedded),
                sum(arrived, Receipt::reused),
                sum(arrived, Receipt::removed));
        if (result.pending() > 0) {
            err.printf(
                    "%d documents have no receipt after %d s of silence. Does the ingest job run? ./tarn status tells.%n",
                    result.pending(), patience.toSeconds());
        }
        return result.pending() == 0 && result.deadLetters().isEmpty();
    }

    private static String outcomes(List<Receipt> receipts, int deadLetters) {
        StringBuilder outcomes = new StringBuilder();
        for (Receipt.Action action : Receipt.Action.values()) {
            long count = receipts.stream().filter(r -> r.action() == action).count();
            if (count > 0) {
                outcomes.append(count)
                        .append(' ')
                        .append(action.name().toLowerCase(Locale.ROOT))
                        .append(", ");
            }
        }
        return outcomes.append(deadLetters).append(" dead letters").toString();
    }

    private static int sum(List<Receipt> receipts, ToIntFunction<Receipt> part) {
        return receipts.stream().mapToInt(part).sum();
    }

    @Override
    public void close() {
        publisher.close();
        if (receipts != null) {
            receipts.close();
        }
    }
}
