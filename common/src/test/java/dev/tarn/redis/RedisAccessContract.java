package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static dev.tarn.testing.Records.record;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.IndexedDocument;
import dev.tarn.audit.Orphan;
import dev.tarn.audit.Verdict;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.Document;
import dev.tarn.document.MetadataValue;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.index.Element;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.Receipt;
import dev.tarn.index.RecordOrder;
import dev.tarn.index.Search;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.model.EncodedVector;
import dev.tarn.question.Condition;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.security.Secret;
import dev.tarn.testing.SecretFile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.UnifiedJedis;

/** The users whose rules are documented can do what they are for, and no more. */
abstract class RedisAccessContract {
    static final String PASSWORD = "a-password";
    static final Map<String, String> PASSWORDS =
            Map.of("tarn-ingest", PASSWORD, "tarn-query", PASSWORD, "tarn-verify", PASSWORD, "tarn-repair", PASSWORD);

    private static final float[] VECTOR = {1, 0, 0, 0};
    private static final EncodedVector ENCODED = EncodedVector.of(VECTOR);

    /** A server, or a cluster, that has the users. */
    protected abstract RedisSettings as(String user);

    protected abstract EngineSettings engine();

    final IndexSettings index() {
        return new IndexSettings(
                new EmbeddingModelInfo("model:latest", "digest", VECTOR.length), ChunkingSettings.DEFAULT, engine());
    }

    static Secret password() {
        return SecretFile.holding(PASSWORD);
    }

    @Test
    void eachUserDoesItsPart() {
        try (RedisIndex writer = RedisIndex.openForWriting(as("tarn-ingest"), index());
                RedisProgress progress = RedisProgress.open(as("tarn-ingest"));
                RedisIndex reader = RedisIndex.openForReading(as("tarn-query"), index());
                RedisAudit audit = RedisAudit.open(as("tarn-verify"));
                RedisAudit mending = RedisAudit.open(as("tarn-repair"))) {
            progress.begin(List.of(at(0).log()));
            ChunkedDocument grown = chunked(at(1), numbered("a"), "one", "two");
            ChunkedDocument shrunk = chunked(at(2), numbered("a"), "one");
            assertThat(deliver(writer, grown)).isEqualTo(Receipt.Action.INDEXED);
            assertThat(deliver(writer, shrunk)).isEqualTo(Receipt.Action.INDEXED);
            assertThat(deliver(writer, shrunk)).isEqualTo(Receipt.Action.UNCHANGED);
            assertThat(deliver(writer, grown)).isEqualTo(Receipt.Action.SUPERSEDED);
            ChunkedDocument other = chunked(at(3), document("b"), "three");
            assertThat(deliver(writer, other)).isEqualTo(Receipt.Action.INDEXED);
            assertThat(deliver(writer, new ChunkedDocument(record(at(4), "b", null), "b", null, List.of())))
                    .isEqualTo(Receipt.Action.DELETED);
            progress.advance(Map.of(at(0).log(), 5L));
            assertThat(progress.forgot(List.of(at(0).log()))).isFalse();

            Filter numbers = new Filter(Map.of("n", Condition.between(BigDecimal.ONE, null)));
            for (Filter filter : List.of(Filter.NONE, numbers)) {
                assertThat(reader.search(new Search("default", VECTOR, 4, 0, filter)))
                        .extracting(Passage::text)
                        .containsExactly("one");
            }
            assertThat(reader.candidates(new Search("default", VECTOR, 4, 0, Filter.NONE), 10, 1))
                    .singleElement()
                    .satisfies(candidate -> assertThat(reader.texts(
                                    List.of(new Element("a", candidate.passage().chunkId()))))
                            .containsExactly("one"));

            assertThat(RedisStatus.spec(as("tarn-query")).dimension()).isEqualTo(VECTOR.length);

            List<IndexedDocument> documents = new ArrayList<>();
            List<Orphan> orphans = new ArrayList<>();
            audit.documents(audit.progress(), documents::add);
            audit.orphans(audit.progress(), Map.of(), orphans::add);
            assertThat(audit.countManifests()).isEqualTo(documents.size());
            assertThat(orphans).isEmpty();
            assertThat(audit.compare(List.of(new Expectation("a", order(shrunk), shrunk))))
                    .containsExactly(Verdict.EQUAL);
            assertThat(RedisStatus.read(as("tarn-verify")).size().documents()).isEqualTo(1);

            IndexedDocument a = documents.stream()
                    .filter(found -> found.id().equals("a"))
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> audit.repair().remove(a)).isInstanceOf(Misconfiguration.class);
            mending.repair().remove(a);
            mending.repair().sweep(new Orphan(Orphan.Kind.PAYLOAD, "a", "gone", null));
            mending.repair().unlist("b", order(other));
            assertThat(RedisStatus.read(as("tarn-repair")).size().documents()).isZero();
            Document flagged = document("c", Document.DEFAULT_COLLECTION, null, Map.of("f", MetadataValue.of(true)));
            try (RedisIndex mended = RedisIndex.openForWriting(as("tarn-repair"), index())) {
                assertThat(deliver(mended, chunked(at(5), flagged, "four"))).isEqualTo(Receipt.Action.INDEXED);
            }
        }
    }

    @Test
    void theIngestUserKeepsEmbeddingsAndTheQueryUserFindsThem() {
        List<String> texts = IntStream.range(0, 200).mapToObj(i -> "text " + i).toList();
        try (UnifiedJedis redis = RedisClients.openSharing(as("tarn-ingest"));
                RedisIndex reader = RedisIndex.openForReading(as("tarn-query"), index())) {
            RedisEmbeddingCache cache = new RedisEmbeddingCache(redis, index().model(), 100);
            cache.keep(texts, texts.stream().map(text -> ENCODED).toList());

            assertThat(reader.keptEmbeddings().find(texts))
                    .filteredOn(Objects::nonNull)
                    .isNotEmpty();
            reader.keptEmbeddings().keep(List.of("of a reader"), List.of(ENCODED));

            assertThat(cache.find(texts)).filteredOn(Objects::nonNull).isNotEmpty();
            assertThat(cache.find(List.of("of a reader"))).containsOnlyNulls();
        }
    }

    private static Document numbered(String id) {
        return document(id, Document.DEFAULT_COLLECTION, null, Map.of("n", MetadataValue.of(BigDecimal.ONE)));
    }

    private static RecordOrder order(ChunkedDocument document) {
        return RecordOrder.of(document.source().ordering(), null);
    }

    static Receipt.Action deliver(RedisIndex writer, ChunkedDocument document) {
        Plan plan = writer.plan(document);
        List<float[]> vectors = plan.state() == Plan.State.WRITE
                ? plan.missing(document).stream().map(chunk -> VECTOR).toList()
                : List.of();
        return writer.commit(new EmbeddedDocument(document, plan, vectors))
                .orElseThrow()
                .action();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tarn-query", "tarn-verify"})
    void aReaderCannotWrite(String user) {
        assertRefused(
                user,
                "SET tarn:spec {}",
                "DEL tarn:spec",
                "UNLINK tarn:spec",
                "EXPIRE tarn:spec 1",
                "RENAME tarn:spec tarn:other",
                "HSET tarn:{a}:manifest revision 1",
                "SADD tarn:numbers number_n",
                "VADD tarn:vectors:default:0 VALUES 1 1 a",
                "VREM tarn:vectors:default:0 a",
                "VSETATTR tarn:vectors:default:0 a {}",
                "FT.CREATE tarn:3 PREFIX 1 tarn: SCHEMA text TEXT",
                "FT.ALTER tarn SCHEMA ADD other NUMERIC",
                "FT.ALIASUPDATE tarn tarn:1",
                "FT.DROPINDEX tarn:1 DD",
                "EVAL return 0",
                "EVAL_RO return 0",
                "FCALL any 0");
        assertThatThrownBy(() -> RedisIndex.openForWriting(as(user), index()))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--redis-user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tarn-ingest", "tarn-query", "tarn-verify", "tarn-repair"})
    void nobodySeesOtherKeysOrRulesTheServer(String user) {
        assertRefused(
                user,
                "GET others",
                "HGET others field",
                "FLUSHALL",
                "CONFIG GET dir",
                "KEYS tarn:*",
                "ACL LIST",
                "CLIENT LIST",
                "CLUSTER RESET",
                "SHUTDOWN NOSAVE");
    }

    private void assertRefused(String user, String... commands) {
        try (UnifiedJedis redis = RedisClients.open(as(user))) {
            for (String command : commands) {
                assertThatThrownBy(() -> redis.executeCommand(
                                new CommandObject<>(arguments(command), BuilderFactory.RAW_OBJECT)))
                        .describedAs(command)
                        .message()
                        .containsAnyOf("NOPERM", "unknown command"); // not every server has every command
            }
        }
    }

    private static CommandArguments arguments(String command) {
        String[] words = command.split(" ", -1);
        CommandArguments arguments = new CommandArguments(() -> words[0].getBytes(US_ASCII));
        List.of(words).subList(1, words.length).forEach(arguments::add);
        return arguments;
    }
}
