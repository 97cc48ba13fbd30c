package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.IndexedDocument;
import dev.tarn.audit.Orphan;
import dev.tarn.audit.Verdict;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.RecordOrder;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.source.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.UnifiedJedis;

/** What an audit and its repairs promise, whatever holds the vectors, on one server and on a cluster. */
abstract class RedisAuditContract {
    protected static final int DIMENSION = 4;
    private static final Map<String, Long> ALL_DONE = Map.of(at(0).log(), 1_000L);

    private UnifiedJedis client;
    private RedisIndex index;
    private RedisAudit audit;

    /** Where the server is. */
    protected abstract RedisSettings redis();

    /** The engine under test. */
    protected abstract EngineSettings engine();

    /** Removes all that earlier tests have left. */
    protected abstract void empty(UnifiedJedis client);

    /** Takes an element's vector away, and nothing else. */
    protected abstract void loseVector(String id, String element);

    /** Adds a vector that no manifest lists; it may come with a payload. */
    protected abstract void strandVector(AbstractPipeline pipeline, String id, String element);

    @BeforeEach
    void open() {
        client = RedisClients.open(redis());
        empty(client);
        index = RedisIndex.openForWriting(redis(), settings());
        audit = RedisAudit.open(redis());
    }

    @AfterEach
    void close() {
        index.close();
        audit.close();
        client.close();
    }

    protected final IndexSettings settings() {
        return new IndexSettings(
                new EmbeddingModelInfo("test", "sha256:1", DIMENSION), ChunkingSettings.DEFAULT, engine());
    }

    protected final UnifiedJedis client() {
        return client;
    }

    protected final RedisIndex index() {
        return index;
    }

    protected final RedisRepair repair() {
        return audit.repair();
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
    void aRepairLeavesWhatALaterRecordThatSaysTheSameHasTakenOver() {
        deliver(chunked(at(1), document("a"), "one"));
        StoredManifest seen = new StoredManifest("a", client.hgetAll(Keys.manifest("a")));
        ChunkedDocument same = chunked(at(2), document("a"), "one");
        deliver(same);
        assertThat(client.hget(Keys.manifest("a"), "revision")).isEqualTo(seen.revision());

        assertThat(audit.repair().unlisted(seen)).isNull();

        assertThat(state(same)).isEqualTo(Verdict.State.EQUAL);
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
    void aListedChunkWithoutItsPayloadItsTextOrItsVectorIsDamageThatIsMended() {
        List<ChunkedDocument> documents = List.of(
                chunked(at(1), document("payload"), "one", "two"),
                chunked(at(2), document("text"), "one", "two"),
                chunked(at(3), document("vector"), "one", "two"));
        documents.forEach(this::deliver);
        client.del(Keys.chunk("payload", Keys.element("one", at(1))));
        client.hset(Keys.chunk("text", Keys.element("one", at(2))), "text", "forged");
        loseVector("vector", Keys.element("one", at(3)));

        assertThat(audit.compare(
                        documents.stream().map(RedisAuditContract::expected).toList()))
                .extracting(Verdict::detail)
                .satisfiesExactly(
                        payload -> assertThat(payload).contains("of 2 chunks 1 have no payload"),
                        text -> assertThat(text)
                                .isEqualTo("of 2 chunks 0 have no payload, 1 another text, 0 no vector"),
                        vector -> assertThat(vector)
                                .isEqualTo("of 2 chunks 0 have no payload, 0 another text, 1 no vector"));

        for (ChunkedDocument damaged : documents) {
            audit.repair().unlist(damaged.id(), expected(damaged).order());
            deliver(damaged);
            assertThat(state(damaged)).isEqualTo(Verdict.State.EQUAL);
        }
        assertThat(orphans()).isEmpty();
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
    void whatNoManifestListsIsAnOrphanUnlessItsRecordIsUnderWayAndIsSwept() {
        ChunkedDocument kept = chunked(at(1), document("a"), "one");
        deliver(kept);
        String lost = Keys.element("lost", at(2));
        try (AbstractPipeline pipeline = client.pipelined()) {
            for (String element : List.of(lost, Keys.element("coming", at(5_000)))) {
                strandVector(pipeline, "a", element);
                pipeline.hset(Keys.chunk("a", element), "text", "lost");
            }
        }
        client.hset(Keys.manifest("a"), "g:" + Keys.element("rest", at(0)), "default");

        assertThat(orphans())
                .containsExactlyInAnyOrder(
                        new Orphan(Orphan.Kind.PAYLOAD, "a", lost, null),
                        new Orphan(Orphan.Kind.VECTOR, "a", lost, "default"),
                        new Orphan(Orphan.Kind.GARBAGE, "a", Keys.element("rest", at(0)), "default"));

        orphans().forEach(audit.repair()::sweep);
        assertThat(orphans()).isEmpty();
        assertThat(state(kept)).isEqualTo(Verdict.State.EQUAL);
        assertThat(client.exists(Keys.chunk("a", Keys.element("coming", at(5_000)))))
                .isTrue();
    }

    @Test
    void aDocumentIsRemovedWithAllThatItHasUnlessItChangedMeanwhile() {
        ChunkedDocument first = chunked(at(1), document("a"), "one", "two");
        deliver(first);
        IndexedDocument seen = documents().get(0);
        ChunkedDocument second = chunked(at(2), document("a"), "two", "three");
        deliver(second);

        audit.repair().remove(seen);
        assertThat(state(second)).isEqualTo(Verdict.State.EQUAL);

        audit.repair().remove(documents().get(0));
        assertThat(audit.countManifests()).isZero();
        assertThat(client.exists(Keys.chunk("a", Keys.element("three", at(2))))).isFalse();
        assertThat(orphans()).isEmpty();
    }

    @Test
    void aDocumentThatIsReplacedWhileItIsLookedAtIsNoDamage() throws Exception {
        AtomicReference<ChunkedDocument> latest = new AtomicReference<>(chunked(at(0), document("a"), "first"));
        deliver(latest.get());
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> writer = thread.submit(() -> {
                for (int offset = 1; offset <= 100; offset++) {
                    latest.set(chunked(at(offset), document("a"), "one " + offset, "two " + offset, "three"));
                    deliver(latest.get());
                }
            });
            while (!writer.isDone()) {
                assertThat(state(latest.get())).isNotEqualTo(Verdict.State.DAMAGED);
            }
            writer.get();
        } finally {
            thread.shutdownNow();
        }
        assertThat(state(latest.get())).isEqualTo(Verdict.State.EQUAL);
    }

    @Test
    void theProgressOfTheAuditIsThatOfTheIndex() {
        try (RedisProgress progress = RedisProgress.open(redis())) {
            progress.begin(List.of("log"));
            progress.advance(Map.of("log", 42L));
        }

        assertThat(audit.progress()).isEqualTo(Map.of("log", 42L));
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
        try (AbstractPipeline pipeline = client.pipelined()) {
            for (int i = 0; i < 3_000; i++) {
                strandVector(pipeline, "a" + i, Keys.element("lost", at(1)));
            }
        }

        assertThat(orphans())
                .filteredOn(orphan -> orphan.kind() == Orphan.Kind.VECTOR)
                .hasSize(3_000);
    }

    protected final void deliver(ChunkedDocument document) {
        assertThat(index.commit(embed(document, index.plan(document)))).isPresent();
    }

    protected static EmbeddedDocument embed(ChunkedDocument document, Plan plan) {
        return new EmbeddedDocument(
                document,
                plan,
                plan.missing(document).stream()
                        .map(chunk -> new float[] {1, 2, 3, chunk.index()})
                        .toList());
    }

    protected final Verdict.State state(ChunkedDocument document) {
        return audit.compare(List.of(expected(document))).get(0).state();
    }

    protected static Expectation expected(ChunkedDocument document) {
        Long version = document.isDelete() ? null : document.document().version();
        return new Expectation(document.id(), RecordOrder.of(document.source().ordering(), version), document);
    }

    private List<IndexedDocument> documents() {
        List<IndexedDocument> documents = new ArrayList<>();
        audit.documents(ALL_DONE, documents::add);
        return documents;
    }

    protected final Set<Orphan> orphans() {
        List<Orphan> found = new ArrayList<>();
        Map<String, Long> listed = new HashMap<>();
        for (IndexedDocument document : documents()) {
            found.addAll(document.unfinished());
            document.collections().forEach((collection, count) -> listed.merge(collection, count, Long::sum));
        }
        audit.orphans(ALL_DONE, listed, found::add);
        return new HashSet<>(audit.confirmed(found));
    }
}
