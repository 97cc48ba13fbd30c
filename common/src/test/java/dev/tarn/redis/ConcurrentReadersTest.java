package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.document.Document;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.Search;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Readers and writers on threads of their own, all at once: a few documents change all the while, some chunks staying and
 * some going, and each search finds every document whole, in one version, and in none that was replaced before the search
 * began.
 */
class ConcurrentReadersTest {
    private static final Duration RUN = Duration.ofSeconds(5);

    private final AtomicLong nextOffset = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private AtomicLongArray committed;
    private RedisServer server;
    private RedisIndex index;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        index = RedisIndex.openForWriting(RedisSettings.of(server.uri()), WatchedIndex.SETTINGS);
    }

    @AfterEach
    void stop() {
        index.close();
        server.close();
    }

    @Test
    void everySearchFindsEachDocumentWholeAndNoOlderThanItWas() throws Exception {
        assertThat(searches(6)).isPositive();
    }

    /** Some of them are flipped during any search, none of them during all of its rounds. */
    @Test
    void aSearchEndsHoweverManyDocumentsChangeMeanwhile() throws Exception {
        assertThat(searches(60)).isPositive();
        assertThat(unanswered).hasValue(0);
    }

    /** How many there were beside changes of so many documents. */
    private long searches(int documents) throws Exception {
        committed = new AtomicLongArray(documents);
        for (int document = 0; document < documents; document++) {
            write(document);
        }
        long deadline = System.nanoTime() + RUN.toNanos();
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Random random = new Random(i);
            tasks.add(() -> repeat(deadline, () -> write(random.nextInt(documents))));
            tasks.add(() -> repeat(deadline, this::reads));
        }
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Long> counts = new ArrayList<>();
            for (Future<Long> count : threads.invokeAll(tasks)) {
                counts.add(count.get());
            }
            System.out.printf(
                    "%d documents, writes and searches of each thread: %s, unanswered: %s%n",
                    documents, counts, unanswered);
            return Math.min(counts.get(1), counts.get(3));
        } finally {
            threads.shutdownNow();
        }
    }

    private static long repeat(long deadline, BooleanSupplier run) {
        long count = 0;
        while (System.nanoTime() < deadline) {
            count += run.getAsBoolean() ? 1 : 0;
        }
        return count;
    }

    /** The address tells the offset and the number of chunks; of these, the first stay from version to version. */
    private boolean write(int document) {
        long offset = nextOffset.incrementAndGet();
        int kept = (int) (offset % 3);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < kept; i++) {
            texts.add(document + " keeps " + i);
        }
        for (int i = 0; i <= offset % 4; i++) {
            texts.add(document + " has at " + offset + " chunk " + i);
        }
        Document described = new Document(
                "document-" + document,
                "The same title",
                null,
                null,
                offset + " " + texts.size(),
                Document.DEFAULT_COLLECTION,
                null,
                Map.of());
        Deliveries.deliver(index, chunked(at(offset), described, texts.toArray(String[]::new)));
        committed.accumulateAndGet(document, offset, Math::max);
        return true;
    }

    /** Whether the search found an answer before documents had changed too often. */
    private boolean reads() {
        long[] before = new long[committed.length()];
        for (int document = 0; document < before.length; document++) {
            before[document] = committed.get(document);
        }
        List<Passage> found;
        try {
            found = index.search(
                    new Search(Document.DEFAULT_COLLECTION, Deliveries.vector("any"), 1_000, -2, Filter.NONE));
        } catch (TransientFailure e) {
            unanswered.incrementAndGet();
            return false;
        }
        Map<String, List<Passage>> byDocument = found.stream().collect(Collectors.groupingBy(Passage::documentId));
        for (int document = 0; document < before.length; document++) {
            requireWhole(byDocument.getOrDefault("document-" + document, List.of()), before[document]);
        }
        return true;
    }

    private static void requireWhole(List<Passage> passages, long atLeast) {
        Set<String> addresses = passages.stream().map(Passage::uri).collect(Collectors.toSet());
        assertThat(addresses).as("versions of a document, at least %d", atLeast).hasSize(1);
        String[] version = addresses.iterator().next().split(" ", 2);
        assertThat(Long.parseLong(version[0])).isGreaterThanOrEqualTo(atLeast);
        Set<String> texts = passages.stream().map(Passage::text).collect(Collectors.toSet());
        assertThat(texts).as("chunks of version %s", version[0]).hasSize(Integer.parseInt(version[1]));
        assertThat(new HashSet<>(passages)).hasSize(texts.size());
    }
}
