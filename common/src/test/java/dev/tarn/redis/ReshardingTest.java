package dev.tarn.redis;

import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.failure.Backoff;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.Receipt;
import dev.tarn.index.Search;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.testing.Records;
import dev.tarn.testing.RedisCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Slots move between the masters of a cluster while documents stream in and are searched. */
class ReshardingTest {
    private static final int DIMENSION = 16;
    private static final int SHARDS = 4;
    private static final int WRITERS = 4;
    private static final int DOCUMENTS = 80;
    private static final int LEAST_ROUNDS = 3;
    private static final int TOP_K = 4;
    private static final int MOVED_SLOTS = 300;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(2), Duration.ofMillis(50));
    private static final IndexSettings SETTINGS = new IndexSettings(
            new EmbeddingModelInfo("test", "sha256:1", DIMENSION),
            ChunkingSettings.DEFAULT,
            new EngineSettings(EngineSettings.Kind.VECTOR_SET, SHARDS, HnswSettings.DEFAULT));

    private final long seed = new Random().nextLong();
    private final AtomicInteger waits = new AtomicInteger();
    private final AtomicInteger searches = new AtomicInteger();
    private final AtomicBoolean resharded = new AtomicBoolean();
    /** Document to the last of its rounds that is in. */
    private final Map<String, Integer> written = new ConcurrentHashMap<>();

    @Test
    void nothingIsLostOrDoubledWhileSlotsMove() throws Exception {
        System.out.println("seed " + seed);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (RedisCluster cluster = RedisCluster.start();
                RedisIndex index = RedisIndex.openForWriting(
                        RedisSettings.of(cluster.seed()).withConnections(16), SETTINGS);
                RedisIndex reader = RedisIndex.openForReading(RedisSettings.of(cluster.seed()), SETTINGS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int mine = writer;
                running.add(threads.submit(() -> write(index, mine)));
            }
            running.add(threads.submit(() -> read(reader)));
            reshard(cluster);
            resharded.set(true);
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }

            System.out.println(waits + " waits, " + searches + " searches");
            assertThat(searches).hasPositiveValue();
            assertThat(written).hasSize(DOCUMENTS);
            assertEverythingIsThereOnce(cluster, reader);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Round after round of its documents, each growing and shrinking, until the slots have moved. */
    private void write(RedisIndex index, int writer) {
        for (int round = 1; round <= LEAST_ROUNDS || !resharded.get(); round++) {
            for (int i = writer; i < DOCUMENTS; i += WRITERS) {
                String id = "doc-" + i;
                ChunkedDocument document =
                        chunked(Records.at((long) round * DOCUMENTS + i), document(id), texts(id, round));
                Receipt receipt = persistently(() -> deliver(index, document));
                assertThat(receipt.action()).isEqualTo(Receipt.Action.INDEXED);
                written.put(id, round);
            }
        }
    }

    private static String[] texts(String id, int round) {
        return IntStream.range(0, 2 + round % 3)
                .mapToObj(chunk -> id + " round " + round + " chunk " + chunk)
                .toArray(String[]::new);
    }

    private static Receipt deliver(RedisIndex index, ChunkedDocument document) {
        while (true) {
            Plan plan = index.plan(document);
            List<float[]> vectors = plan.missing(document).stream()
                    .map(Chunk::embeddingText)
                    .map(ReshardingTest::vector)
                    .toList();
            var receipt = index.commit(new EmbeddedDocument(document, plan, vectors));
            if (receipt.isPresent()) {
                return receipt.get().action() == Receipt.Action.UNCHANGED
                        ? indexedBefore(receipt.get())
                        : receipt.get();
            }
        }
    }

    /** A commit whose reply was lost is found done when it is tried again. */
    private static Receipt indexedBefore(Receipt again) {
        return new Receipt(
                again.documentId(),
                again.collection(),
                again.version(),
                Receipt.Action.INDEXED,
                again.chunks(),
                again.embedded(),
                again.reused(),
                again.removed(),
                again.source(),
                again.publishedAt(),
                again.indexedAt());
    }

    /** What is read of one document is of one round; a client that only reads finds where the slots have gone. */
    private void read(RedisIndex index) {
        Random random = new Random(seed);
        boolean last;
        do {
            last = resharded.get();
            String id = "doc-" + random.nextInt(DOCUMENTS);
            Search search = new Search("default", vector(id), TOP_K, -1, Filter.NONE);
            List<Passage> passages = persistently(() -> index.search(search));
            assertThat(passages).hasSizeLessThanOrEqualTo(TOP_K);
            Map<String, Set<String>> found = passages.stream()
                    .collect(Collectors.groupingBy(
                            Passage::documentId, Collectors.mapping(Passage::text, Collectors.toSet())));
            found.forEach((document, texts) -> {
                String round = texts.iterator().next().replaceAll(".* round (\\d+) .*", "$1");
                assertThat(texts).isSubsetOf(texts(document, Integer.parseInt(round)));
            });
            searches.incrementAndGet();
        } while (!last);
    }

    private <T> T persistently(Supplier<T> call) {
        Random random = new Random();
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (TransientFailure e) {
                waits.incrementAndGet();
                pause(BACKOFF.delay(attempt, random));
            }
        }
    }

    @SuppressWarnings("ThreadSleep")
    private static void pause(Duration delay) {
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Moves the slots of all shards and of every document, and as many others. */
    private static void reshard(RedisCluster cluster) {
        Set<Integer> slots = new HashSet<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            slots.add(JedisClusterCRC16.getSlot(Keys.vectors("default", shard)));
        }
        for (int i = 0; i < DOCUMENTS; i++) {
            slots.add(JedisClusterCRC16.getSlot(Keys.manifest("doc-" + i)));
        }
        for (int slot = 0; slots.size() < MOVED_SLOTS; slot += 40) {
            slots.add(slot);
        }
        for (int slot : slots) {
            cluster.move(slot, (cluster.owner(slot) + 1) % cluster.size());
        }
    }

    private void assertEverythingIsThereOnce(RedisCluster cluster, RedisIndex index) {
        Set<String> wanted = written.entrySet().stream()
                .flatMap(last -> Set.of(texts(last.getKey(), last.getValue())).stream())
                .collect(Collectors.toSet());
        assertThat(index.search(new Search("default", vector("anything"), 10_000, -1, Filter.NONE)))
                .extracting(Passage::text)
                .containsExactlyInAnyOrderElementsOf(wanted);
        long payloads = 0;
        long vectors = 0;
        long manifests = 0;
        for (int master = 0; master < cluster.size(); master++) {
            try (Jedis node = cluster.connect(master)) {
                for (String key : node.keys("*")) {
                    assertThat(cluster.owner(JedisClusterCRC16.getSlot(key))).isEqualTo(master);
                    payloads += key.contains(":chunk:") ? 1 : 0;
                    vectors += key.startsWith("tarn:vectors:") ? node.vcard(key) : 0;
                    manifests += key.endsWith(":manifest") ? 1 : 0;
                }
            }
        }
        assertThat(manifests).isEqualTo(DOCUMENTS);
        assertThat(payloads).isEqualTo(wanted.size());
        assertThat(vectors).isEqualTo(wanted.size());
    }

    private static float[] vector(String text) {
        Random random = new Random(text.hashCode());
        float[] vector = new float[DIMENSION];
        IntStream.range(0, DIMENSION).forEach(i -> vector[i] = (float) random.nextGaussian());
        return vector;
    }
}
