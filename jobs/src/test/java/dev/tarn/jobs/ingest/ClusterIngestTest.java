package dev.tarn.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.Orphan;
import dev.tarn.audit.Verdict;
import dev.tarn.deadletter.DeadLetter;
import dev.tarn.document.Chunker;
import dev.tarn.document.DocumentParser;
import dev.tarn.index.IndexEvent;
import dev.tarn.index.RecordOrder;
import dev.tarn.jobs.options.JobOptions;
import dev.tarn.jobs.testing.Collected;
import dev.tarn.jobs.testing.Feed;
import dev.tarn.jobs.testing.Flinks;
import dev.tarn.redis.RedisAudit;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.FakeOllama;
import dev.tarn.testing.RedisCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

/** The job as its options make it, with a Redis Cluster of three masters. */
class ClusterIngestTest {
    private static final int SHARDS = 5;
    private static final int DOCUMENTS = 40;
    private static final int RECORDS = 100;

    @RegisterExtension
    static final MiniClusterExtension FLINK = Flinks.cluster();

    @RegisterExtension
    final SharedObjectsExtension shared = SharedObjectsExtension.create();

    @Test
    void theIndexOnAClusterEqualsItsTopicAndIsSpreadOverItsShards() throws Exception {
        Collected<IndexEvent> events = Collected.in(shared);
        Collected<DeadLetter> deadLetters = Collected.in(shared);
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            String id = "d" + i % DOCUMENTS;
            records.add(
                    i % 9 == 8
                            ? IngestFixtures.tombstone(i, id)
                            : IngestFixtures.document(i, id, "What record " + i + " says of " + id));
        }
        try (RedisCluster redis = RedisCluster.start();
                FakeOllama ollama = FakeOllama.start()) {
            IngestSettings settings = settings(redis, ollama);
            StreamExecutionEnvironment flink = Flinks.environment(2);
            IngestJob.build(Feed.of(shared, records).into(flink), settings, events, deadLetters);
            flink.execute();

            assertThat(events.all()).hasSize(RECORDS);
            assertThat(deadLetters.all()).isEmpty();
            List<Expectation> topic = records.subList(RECORDS - DOCUMENTS, RECORDS).stream()
                    .map(record -> expected(settings, record))
                    .toList();
            try (RedisAudit audit = RedisAudit.open(settings.redis())) {
                assertThat(audit.compare(topic)).hasSize(DOCUMENTS).containsOnly(Verdict.EQUAL);
                List<Orphan> orphans = new ArrayList<>();
                audit.orphans(Map.of(), Map.of(), orphans::add);
                assertThat(orphans).isEmpty();
            }
            assertThat(shards(redis)).hasSize(SHARDS);
        }
    }

    private static IngestSettings settings(RedisCluster redis, FakeOllama ollama) {
        return JobOptions.parse(
                        new IngestOptions(Map.of()),
                        Map.of(),
                        new PrintWriter(new StringWriter()),
                        "--redis=" + redis.uri(),
                        "--index-shards=" + SHARDS,
                        "--ollama=" + ollama.uri(),
                        "--embedding-model=" + FakeOllama.EMBEDDING_MODEL)
                .orElseThrow()
                .settings();
    }

    private static Expectation expected(IngestSettings settings, SourceRecord record) {
        Chunker chunker = new Chunker(settings.chunking());
        String id = DocumentParser.id(record);
        return new Expectation(
                id,
                RecordOrder.of(record.ordering(), null),
                record.isTombstone()
                        ? Chunker.delete(record, id)
                        : chunker.chunk(record, settings.parser().parse(record)));
    }

    private static Set<String> shards(RedisCluster redis) {
        Set<String> shards = new HashSet<>();
        for (int master = 0; master < redis.size(); master++) {
            try (Jedis node = redis.connect(master)) {
                shards.addAll(node.keys("tarn:vectors:*"));
            }
        }
        return shards;
    }
}
