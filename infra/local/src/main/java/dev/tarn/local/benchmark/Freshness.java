package dev.tarn.local.benchmark;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Document;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.json.Json;
import dev.tarn.local.topics.Publisher;
import dev.tarn.model.Embedder;
import dev.tarn.question.Filter;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Milliseconds from publishing a short note until a search finds it, beside what its parts take when called alone. */
public final class Freshness {
    private static final String COLLECTION = "benchmark";
    private static final long LIMIT_NANOS = 30_000_000_000L;

    private final KafkaOptions kafka;
    private final Embedder embedder;
    private final VectorIndex index;

    public Freshness(KafkaOptions kafka, Embedder embedder, VectorIndex index) {
        this.kafka = kafka;
        this.embedder = embedder;
        this.index = index;
    }

    /**
     * Medians, in milliseconds.
     *
     * @param observed from publish to searchable
     * @param floor one embedding, one index write and one search
     */
    public record Result(double observed, double floor) {}

    /** Measures in turn, one note at a time at an idle stack; then deletes the notes. */
    public Result measure(int notes, String run) {
        double[] observed = new double[notes];
        double[] floor = new double[notes];
        List<String> ids = new ArrayList<>();
        try (Publisher publisher = new Publisher(kafka.settings())) {
            for (int i = 0; i < notes; i++) {
                String text = "Note " + i + " of run " + run + " says that the number " + 7919 * i + " is in it.";
                float[] vector = embedder.embed(List.of(text)).get(0);
                String id = "benchmark/" + run + "/fresh-" + i;
                ids.add(id);
                floor[i] = alone("benchmark/" + run + "/floor-" + i, text + " Alone.");
                observed[i] = published(publisher, id, text, vector);
            }
            ids.forEach(id -> publisher.send(kafka.documentsTopic, id, null, metadata -> {}));
            publisher.flush();
        }
        return new Result(median(observed), median(floor));
    }

    private double published(Publisher publisher, String id, String text, float[] vector) {
        byte[] json = Json.write(Map.of("text", text, "collection", COLLECTION));
        long start = System.nanoTime();
        publisher.send(kafka.documentsTopic, id, json, metadata -> {});
        publisher.flush();
        while (!found(id, vector)) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IllegalStateException("a published note was not found within 30 s");
            }
            Thread.onSpinWait();
        }
        return millisSince(start);
    }

    private boolean found(String id, float[] vector) {
        return index.search(new Search(COLLECTION, vector, 1, 0, Filter.NONE)).stream()
                .anyMatch(passage -> passage.documentId().equals(id));
    }

    private double alone(String id, String text) {
        SourceRecord record = new SourceRecord(
                new SourcePosition("benchmark", "", 0, 0, Instant.EPOCH), new byte[0], new byte[0], List.of());
        Document document = new Document(id, null, null, null, null, COLLECTION, null, Map.of());
        ChunkedDocument chunked = new ChunkedDocument(record, id, document, List.of(new Chunk(0, "floor", text, text)));
        long start = System.nanoTime();
        List<float[]> vectors = embedder.embed(List.of(text));
        index.commit(new EmbeddedDocument(chunked, index.plan(chunked), vectors));
        found(id, vectors.get(0));
        double elapsed = millisSince(start);
        ChunkedDocument deleted = new ChunkedDocument(
                new SourceRecord(new SourcePosition("benchmark", "", 0, 1, Instant.EPOCH), null, null, List.of()),
                id,
                null,
                List.of());
        index.commit(new EmbeddedDocument(deleted, index.plan(deleted), List.of()));
        return elapsed;
    }

    private static double millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
