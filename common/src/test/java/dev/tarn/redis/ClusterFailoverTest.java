package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.Orphan;
import dev.tarn.audit.Verdict;
import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.RecordOrder;
import dev.tarn.index.Search;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.testing.RedisCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A master of a cluster is killed while documents are written, and its replica takes over. */
class ClusterFailoverTest {
    private static final String LOG = at(0).log();
    private static final int DOCUMENTS = 30;
    private static final int CHECKPOINT = 10;
    private static final int VICTIM = 0;
    private static final IndexSettings SETTINGS = new IndexSettings(
            new EmbeddingModelInfo("test", "sha256:1", WatchedIndex.DIMENSION),
            ChunkingSettings.DEFAULT,
            new EngineSettings(EngineSettings.Kind.VECTOR_SET, 5, HnswSettings.DEFAULT));

    private final List<Integer> beginnings = new ArrayList<>();
    private volatile int written;
    private volatile boolean done;

    @Test
    void aReplicaThatLaggedTakesOverAndIsFilledAgainFromTheProgress() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (RedisCluster cluster = RedisCluster.startWithReplicas();
                RedisIndex index = RedisIndex.openForWriting(RedisSettings.of(cluster.seed()), SETTINGS);
                RedisIndex reader = RedisIndex.openForReading(RedisSettings.of(cluster.seed()), SETTINGS);
                RedisProgress progress = RedisProgress.open(RedisSettings.of(cluster.seed()))) {
            Future<?> job = thread.submit(() -> run(index, progress));
            awaitWritten(60, job);
            cluster.stopReplication(VICTIM);
            int cut = written + CHECKPOINT;
            awaitWritten(cut + 60, job);
            cluster.failOver(VICTIM);
            awaitWritten(written + 60, job);
            done = true;
            job.get(60, TimeUnit.SECONDS);

            assertThat(beginnings).hasSizeGreaterThan(1);
            assertThat(beginnings.get(1)).isBetween(1, cut);
            assertThat(progress.begin(List.of(LOG))).isEqualTo(Map.of(LOG, (long) written));
            assertThat(reader.search(new Search("default", Deliveries.vector("any"), 10_000, -1, Filter.NONE)))
                    .extracting(Passage::text)
                    .containsExactlyInAnyOrderElementsOf(latest().stream()
                            .flatMap(document -> document.chunks().stream().map(Chunk::text))
                            .toList());
            assertEqualsItsTopic(RedisSettings.of(cluster.seed()));
        } finally {
            done = true;
            thread.shutdownNow();
        }
    }

    /** The ingest job in small: whenever the index forgot, it begins again where the index has come to. */
    private void run(RedisIndex index, RedisProgress progress) {
        int next = 0;
        while (true) {
            if (retried(() -> progress.forgot(List.of(LOG)))) {
                next = retried(() -> progress.begin(List.of(LOG)))
                        .getOrDefault(LOG, 0L)
                        .intValue();
                beginnings.add(next);
            } else if (done && next >= written) {
                return;
            }
            for (int i = 0; i < CHECKPOINT; i++) {
                Deliveries.deliver(index, record(next++));
            }
            Map<String, Long> complete = Map.of(LOG, (long) next);
            retried(() -> {
                progress.advance(complete);
                return true;
            });
            written = Math.max(written, next);
        }
    }

    private static <T> T retried(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (TransientFailure e) {
                Thread.onSpinWait();
            }
        }
    }

    private void awaitWritten(int records, Future<?> job) throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> written >= records || job.isDone());
        if (job.isDone()) {
            job.get();
        }
    }

    /** Documents grow and shrink, keep some chunks. */
    private static ChunkedDocument record(int offset) {
        String id = "doc-" + offset % DOCUMENTS;
        int round = offset / DOCUMENTS;
        return chunked(
                at(offset),
                document(id),
                IntStream.range(round % 2, 2 + round % 3)
                        .mapToObj(chunk -> id + " chunk " + chunk + (chunk % 2 == 0 ? "" : " of round " + round))
                        .toArray(String[]::new));
    }

    private List<ChunkedDocument> latest() {
        return IntStream.range(written - DOCUMENTS, written)
                .mapToObj(ClusterFailoverTest::record)
                .toList();
    }

    /** Vectors that the killed master had removed come back with its replica; they are swept. */
    private void assertEqualsItsTopic(RedisSettings redis) {
        try (RedisAudit audit = RedisAudit.open(redis)) {
            List<Expectation> topic = latest().stream()
                    .map(each -> new Expectation(
                            each.id(), RecordOrder.of(each.source().ordering(), null), each))
                    .toList();
            assertThat(audit.compare(topic)).hasSize(DOCUMENTS).containsOnly(Verdict.EQUAL);
            orphans(audit).forEach(audit.repair()::sweep);
            assertThat(orphans(audit)).isEmpty();
            assertThat(audit.compare(topic)).containsOnly(Verdict.EQUAL);
            assertThat(audit.countManifests()).isEqualTo(DOCUMENTS);
        }
    }

    private static List<Orphan> orphans(RedisAudit audit) {
        List<Orphan> orphans = new ArrayList<>();
        audit.orphans(audit.progress(), Map.of(), orphans::add);
        return orphans;
    }
}
