package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.Orphan;
import dev.tarn.audit.Verdict;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.RecordOrder;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.RedisServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class RedisAuditTest {
    private static final int DIMENSION = 4;
    private static final Map<String, Long> ALL_DONE = Map.of(at(0).log(), 1_000L);
    private static final IndexSettings SETTINGS = new IndexSettings(
            new EmbeddingModelInfo("test", "sha256:1", DIMENSION), ChunkingSettings.DEFAULT, HnswSettings.DEFAULT);

    private static RedisServer server;
    private static RedisClient client;

    private RedisIndex index;
    private RedisAudit audit;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        client = RedisClient.create(server.uri());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void open() {
        client.flushAll();
        index = RedisIndex.openForWriting(RedisSettings.of(server.uri()), SETTINGS);
        audit = RedisAudit.open(RedisSettings.of(server.uri()));
    }

    @AfterEach
    void close() {
        index.close();
        audit.close();
    }

    @Test
    void whatWasDeliveredIsEqual() {
        ChunkedDocument written = chunked(at(1), document("a"), "one", "two");
        ChunkedDocument deleted = Chunker.delete(record(at(2), "b", null), "b");
        deliver(written);
        deliver(deleted);

        assertThat(state(written)).isEqualTo(Verdict.State.EQUAL);
        assertThat(state(deleted)).isEqualTo(Verdict.State.EQUAL);
        assertThat(state(Chunker.delete(record(at(3), "never", null), "never"))).isEqualTo(Verdict.State.EQUAL);
        assertThat(orphans()).isEmpty();
    }

    @Test
    void whatWasNotDeliveredIsMissingOrStale() {
        deliver(chunked(at(1), document("a"), "one"));

        assertThat(state(chunked(at(2), document("b"), "one"))).isEqualTo(Verdict.State.MISSING);
        assertThat(state(chunked(at(2), document("a"), "other"))).isEqualTo(Verdict.State.STALE);
        assertThat(state(Chunker.delete(record(at(2), "a", null), "a"))).isEqualTo(Verdict.State.STALE);
    }

    @Test
    void whatWasReplacedIsSupersededAndAGreaterVersionSettlesIt() {
        deliver(chunked(at(5), document("a"), "later"));
        deliver(chunked(at(1), document("b", "default", 7L, Map.of()), "seven"));

        assertThat(state(chunked(at(1), document("a"), "earlier"))).isEqualTo(Verdict.State.SUPERSEDED);
        assertThat(state(chunked(at(1), document("a"), "later"))).isEqualTo(Verdict.State.SETTLED);
        assertThat(state(chunked(at(9), document("b", "default", 5L, Map.of()), "five")))
                .isEqualTo(Verdict.State.SETTLED);
    }

    @Test
    void aRepairForARecordLeavesTheDocumentThatALaterOneMadeOfIt() {
        ChunkedDocument damaged = chunked(at(1), document("a"), "one");
        deliver(damaged);
        RecordOrder seen = expected(damaged).order();
        ChunkedDocument later = chunked(at(2), document("a"), "two");
        deliver(later);

        audit.repair().unlist("a", seen);

        assertThat(state(later)).isEqualTo(Verdict.State.EQUAL);
        audit.repair().unlist("a", expected(later).order());
        assertThat(state(later)).isEqualTo(Verdict.State.DAMAGED);
    }

    @Test
    void aRecordThatWasSentBackIsOrderedByWhereItStood() {
        deliver(chunked(at(5), document("a"), "later"));
        ChunkedDocument sentBack = new ChunkedDocument(
                new SourceRecord(at(9), at(1), null, null, List.of()),
                "a",
                document("a").withoutText(),
                chunked(at(1), document("a"), "earlier").chunks());
        deliver(sentBack);

        assertThat(state(chunked(at(5), document("a"), "later"))).isEqualTo(Verdict.State.EQUAL);
        assertThat(state(sentBack)).isEqualTo(Verdict.State.SUPERSEDED);
        assertThat(orphans()).isEmpty();
    }

    @Test
    void aListedChunkWithoutItsPayloadItsTextOrItsVectorIsDamage() {
        ChunkedDocument document = chunked(at(1), document("a"), "one", "two", "three");
        deliver(document);
        String one = Keys.element("one", at(1));
        client.del(Keys.chunk("a", one));
        client.hset(Keys.chunk("a", Keys.element("two", at(1))), "text", "forged");
        client.vrem(Keys.vectors("default", 0), Keys.member("a", Keys.element("three", at(1))));

        assertThat(audit.compare(List.of(expected(document))))
                .containsExactly(Verdict.damaged("of 3 chunks 1 have no payload, 1 another text, 1 no vector"));
    }

    @Test
    void aManifestThatSaysSomethingElseIsDamage() {
        ChunkedDocument document = chunked(at(1), document("a"), "one", "two");
        deliver(document);
        client.hdel(Keys.manifest("a"), "e:" + Keys.element("one", at(1)));
        ChunkedDocument titled = chunked(at(2), document("b"), "one");
        deliver(titled);
        client.hset(Keys.manifest("b"), "document", "{\"id\": \"b\", \"title\": \"forged\"}");

        assertThat(state(document)).isEqualTo(Verdict.State.DAMAGED);
        assertThat(state(titled)).isEqualTo(Verdict.State.DAMAGED);
    }

    @Test
    void whatNoManifestListsIsAnOrphanUnlessItsRecordIsUnderWay() {
        deliver(chunked(at(1), document("a"), "one"));
        for (long offset : new long[] {2, 5_000}) {
            String element = Keys.element("lost", at(offset));
            client.hset(Keys.chunk("a", element), "text", "lost");
            client.vadd(Keys.vectors("default", 0), new float[DIMENSION], Keys.member("a", element));
            client.vadd(Keys.vectors("other", 0), new float[DIMENSION], Keys.member("a", element));
        }
        client.hset(Keys.manifest("a"), "g:" + Keys.element("rest", at(0)), "default");

        String lost = Keys.element("lost", at(2));
        assertThat(orphans())
                .containsExactlyInAnyOrder(
                        new Orphan(Orphan.Kind.PAYLOAD, "a", lost, null),
                        new Orphan(Orphan.Kind.VECTOR, "a", lost, "default"),
                        new Orphan(Orphan.Kind.VECTOR, "a", lost, "other"),
                        new Orphan(Orphan.Kind.GARBAGE, "a", Keys.element("rest", at(0)), "default"));
    }

    @Test
    void everyDocumentIsGoneThroughByItsOwnId() {
        Set<String> ids = Set.of("plain", "with space", "über/{slash}:%41+");
        ids.forEach(id -> deliver(chunked(at(1), document(id), "one")));
        Set<String> seen = new HashSet<>();

        audit.documents(ALL_DONE, document -> {
            seen.add(document.id());
            assertThat(document.isLive()).isTrue();
            assertThat(document.order()).isEqualTo(RecordOrder.of(at(1), null));
        });

        assertThat(seen).isEqualTo(ids);
        assertThat(audit.countManifests()).isEqualTo(3);
    }

    @Test
    void aVectorThatNobodyListsIsFoundAmongThousands() {
        for (int i = 0; i < 3_000; i++) {
            client.vadd(
                    Keys.vectors("large", 0),
                    new float[] {i, 1, 2, 3},
                    Keys.member("a" + i, Keys.element("lost", at(1))));
        }

        assertThat(orphans()).hasSize(3_000);
    }

    /** The rule is written twice: in the scripts, where it decides, and in Java. */
    @Test
    void theRuleInJavaIsTheRuleOfTheScripts() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String id = "document-" + round;
            for (int delivery = 0; delivery < 6; delivery++) {
                SourcePosition position = new SourcePosition(
                        "documents",
                        "generation-" + random.nextInt(2),
                        random.nextInt(2),
                        random.nextInt(3),
                        Instant.ofEpochSecond(random.nextInt(3)));
                Long version = random.nextBoolean() ? null : (long) random.nextInt(3) - 1;
                ChunkedDocument document =
                        chunked(position, document(id, "default", version, Map.of()), "text " + random.nextInt(100));
                RecordOrder stored = stored(id);
                boolean superseded = index.plan(document).state() == Plan.State.SUPERSEDED;
                RecordOrder order = RecordOrder.of(position, version);
                assertThat(stored != null && order.isOlderThan(stored))
                        .as("%s after %s, seed %d", order, stored, seed)
                        .isEqualTo(superseded);
                deliver(document);
            }
        }
    }

    private RecordOrder stored(String id) {
        StoredManifest manifest = new StoredManifest(id, client.hgetAll(Keys.manifest(id)));
        return manifest.exists() ? manifest.order() : null;
    }

    private void deliver(ChunkedDocument document) {
        Plan plan = index.plan(document);
        List<float[]> vectors = plan.missing(document).stream()
                .map(chunk -> new float[] {1, 2, 3, chunk.index()})
                .toList();
        index.commit(new EmbeddedDocument(document, plan, vectors));
    }

    private Verdict.State state(ChunkedDocument document) {
        return audit.compare(List.of(expected(document))).get(0).state();
    }

    private static Expectation expected(ChunkedDocument document) {
        Long version = document.isDelete() ? null : document.document().version();
        return new Expectation(document.id(), RecordOrder.of(document.source().ordering(), version), document);
    }

    private Set<Orphan> orphans() {
        List<Orphan> found = new ArrayList<>();
        Map<String, Long> listed = new HashMap<>();
        audit.documents(ALL_DONE, document -> {
            found.addAll(document.unfinished());
            document.collections().forEach((collection, count) -> listed.merge(collection, count, Long::sum));
        });
        audit.orphans(ALL_DONE, listed, found::add);
        return new HashSet<>(audit.confirmed(found));
    }
}
