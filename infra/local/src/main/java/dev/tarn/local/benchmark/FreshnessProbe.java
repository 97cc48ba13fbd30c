package dev.tarn.local.benchmark;

import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.topics.Publisher;
import dev.tarn.model.Embedder;
import dev.tarn.question.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/**
 * Publishes notes of sentences of the load, one after another, each when the one before it was found, and looks for them again
 * and again. HNSW may miss one: the limit stands for the time of such a one.
 */
final class FreshnessProbe {
    static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int MOST_LATE = 3;

    /** For those that are found: at full load a queue grows, and each note waits longer than the one before. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final long BETWEEN_SEARCHES_NANOS = 5_000_000;
    private static final int TOP = 4;
    private static final int MANY = 1_000;
    private static final int LETTERS = 200;

    private final KafkaOptions kafka;
    private final Embedder embedder;
    private final VectorIndex index;
    private final SentenceDeck sentences;
    private final String token;
    private final long seed;
    private final List<Note> published = new ArrayList<>();
    private int missed;

    FreshnessProbe(
            KafkaOptions kafka, Embedder embedder, VectorIndex index, SentenceDeck sentences, String token, long seed) {
        this.kafka = kafka;
        this.embedder = embedder;
        this.index = index;
        this.sentences = sentences;
        this.token = token;
        this.seed = seed;
    }

    /** A note and its vector, that was made before there was any load. */
    record Note(String id, String text, float[] vector) {}

    /**
     * Milliseconds from the timestamp that Kafka has for a note until a search finds it; of fewer notes when they, or
     * too many of them, take too long.
     *
     * @throws IllegalStateException when none is found
     */
    Latencies published(int notes, Runnable loadBegins, Events.Bar bar) {
        List<Note> all = notes("p", notes);
        loadBegins.run();
        List<Double> millis = new ArrayList<>();
        double spent = 0;
        int late = 0;
        try (Publisher publisher = new Publisher(kafka.settings())) {
            for (Note note : all) {
                double taken = published(publisher, note);
                millis.add(taken);
                bar.accept(millis.size());
                if (taken >= LIMIT.toMillis()) {
                    late++;
                } else {
                    spent += taken;
                }
                if (late > MOST_LATE || spent > LONGEST.toMillis()) {
                    break;
                }
            }
        }
        if (late == millis.size()) {
            throw new IllegalStateException("no published note was found within " + LIMIT.toSeconds() + " s");
        }
        return Latencies.of(millis);
    }

    /**
     * Milliseconds for one embedding, one plain write and one plain search of such a note, while somebody looks for
     * something as often as for a published one: nothing is faster.
     */
    Latencies alone(int notes, RedisClient redis, PlainIndex plain) {
        Note never = notes("n", 1).get(0);
        AtomicBoolean done = new AtomicBoolean();
        Thread looking = new Thread(
                () -> {
                    while (!done.get()) {
                        found(never, TOP);
                        LockSupport.parkNanos(BETWEEN_SEARCHES_NANOS);
                    }
                },
                "looking");
        looking.start();
        try {
            return embedded(notes, redis, plain);
        } finally {
            done.set(true);
            join(looking);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Latencies embedded(int notes, RedisClient redis, PlainIndex plain) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < notes; i++) {
            String text = text("f", i);
            long start = System.nanoTime();
            float[] vector = embedder.embed(List.of(text)).get(0);
            List<Response<?>> responses = new ArrayList<>();
            try (AbstractPipeline pipeline = redis.pipelined()) {
                plain.add(pipeline, "floor-" + i, text, vector, responses);
            }
            responses.forEach(Response::get);
            plain.search(vector, TOP);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        return Latencies.of(millis);
    }

    private List<Note> notes(String kind, int count) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = text(kind, i);
            notes.add(new Note(
                    token + "/" + kind + i, text, embedder.embed(List.of(text)).get(0)));
        }
        return notes;
    }

    private String text(String kind, int number) {
        String name = token + kind + number;
        return name + ": " + sentences.note(new Random(seed * 31 + name.hashCode()), LETTERS);
    }

    private double published(Publisher publisher, Note note) {
        InputDocument document = Workload.document(note.id(), note.text());
        CompletableFuture<Long> timestamp = new CompletableFuture<>();
        published.add(note);
        long start = System.nanoTime();
        publisher.send(
                kafka.documentsTopic, document.id(), document.json(), sent -> timestamp.complete(sent.timestamp()));
        publisher.flush();
        while (!found(note, TOP)) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                missed += found(note, MANY) ? 1 : 0;
                return LIMIT.toMillis();
            }
            LockSupport.parkNanos(BETWEEN_SEARCHES_NANOS);
        }
        Instant found = Instant.now();
        return ChronoUnit.MICROS.between(Instant.ofEpochMilli(timestamp.join()), found) / 1e3;
    }

    /** The notes that were published; nobody deletes them. */
    List<Note> published() {
        return List.copyOf(published);
    }

    /** How many of the notes that took too long a wider search finds: the index had them, and a usual search missed them. */
    int missed() {
        return missed;
    }

    private boolean found(Note note, int top) {
        return index.search(new Search(Workload.COLLECTION, note.vector(), top, -1, Filter.NONE)).stream()
                .anyMatch(passage -> passage.documentId().equals(note.id()));
    }
}
