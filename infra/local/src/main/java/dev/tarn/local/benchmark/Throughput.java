package dev.tarn.local.benchmark;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.Receipts;
import dev.tarn.model.Embedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Chunks a second: the model server called directly, and the whole pipeline, in turn. */
public final class Throughput {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KafkaOptions kafka;
    private final Embedder embedder;
    private final Workload workload;
    private final int concurrency;

    public Throughput(KafkaOptions kafka, Embedder embedder, Workload workload, int concurrency) {
        this.kafka = kafka;
        this.embedder = embedder;
        this.workload = workload;
        this.concurrency = concurrency;
    }

    /** Embeds each document's texts in one call, as many calls at once as the job makes. */
    public double direct() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        try {
            long start = System.nanoTime();
            List<Future<?>> calls = new ArrayList<>();
            for (List<String> texts : workload.texts()) {
                calls.add(threads.submit(() -> embedder.embed(texts)));
            }
            for (Future<?> call : calls) {
                call.get();
            }
            return perSecond(start);
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Publishes the documents under new ids and waits for their receipts; then deletes them.
     *
     * @throws IllegalStateException when the index does not get all of them
     */
    public double pipeline(String run) {
        List<InputDocument> documents = workload.documents().stream()
                .map(document -> Workload.renamed(document, "benchmark/" + run + "/"))
                .toList();
        long start = System.nanoTime();
        publish(documents, false);
        double rate = perSecond(start);
        publish(documents, true);
        return rate;
    }

    private void publish(List<InputDocument> documents, boolean delete) {
        try (Receipts receipts = new Receipts(kafka);
                Publisher publisher = new Publisher(kafka.settings())) {
            for (InputDocument document : documents) {
                publisher.send(kafka.documentsTopic, document.id(), delete ? null : document.json(), receipts::expect);
            }
            publisher.flush();
            Receipts.Result result = receipts.await(PATIENCE, done -> {});
            if (result.receipts().size() != documents.size()) {
                throw new IllegalStateException(documents.size()
                        - result.receipts().size() + " documents did not reach the index: " + result.deadLetters());
            }
        }
    }

    private double perSecond(long startNanos) {
        return workload.chunks() / ((System.nanoTime() - startNanos) / 1e9);
    }
}
