package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static dev.tarn.testing.Records.record;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.IndexedDocument;
import dev.tarn.audit.Orphan;
import dev.tarn.audit.Verdict;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.Receipt;
import dev.tarn.index.RecordOrder;
import dev.tarn.index.Search;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.security.Secret;
import dev.tarn.security.Tls;
import dev.tarn.testing.Certificates;
import dev.tarn.testing.RedisServer;
import dev.tarn.testing.RedisUsers;
import dev.tarn.testing.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/** The users that {@code infra/redis/users.acl} documents can do what they are for, over TLS, and no more. */
class RedisAccessTest {
    private static final String PASSWORD = "a-password";
    private static final float[] VECTOR = {1, 0, 0, 0};
    private static final IndexSettings INDEX = new IndexSettings(
            new EmbeddingModelInfo("model:latest", "digest", VECTOR.length),
            ChunkingSettings.DEFAULT,
            HnswSettings.DEFAULT);

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static RedisServer server;

    @BeforeAll
    static void start() {
        certificates = Certificates.in(folder);
        String users = RedisUsers.with(Map.of(
                "tarn-ingest", PASSWORD, "tarn-query", PASSWORD, "tarn-verify", PASSWORD, "tarn-repair", PASSWORD));
        server = RedisServer.startSecured(certificates, users, "optional");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void eachUserDoesItsPart() {
        try (RedisIndex writer = RedisIndex.openForWriting(as("tarn-ingest"), INDEX);
                RedisProgress progress = RedisProgress.open(as("tarn-ingest"));
                RedisIndex reader = RedisIndex.openForReading(as("tarn-query"), INDEX);
                RedisAudit audit = RedisAudit.open(as("tarn-verify"));
                RedisAudit mending = RedisAudit.open(as("tarn-repair"))) {
            progress.begin(List.of(at(0).log()));
            ChunkedDocument grown = chunked(at(1), document("a"), "one", "two");
            ChunkedDocument shrunk = chunked(at(2), document("a"), "one");
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

            assertThat(reader.search(new Search("default", VECTOR, 4, 0, Filter.NONE)))
                    .extracting(Passage::text)
                    .containsExactly("one");

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
            RedisIndex.openForWriting(as("tarn-repair"), INDEX).close();
        }
    }

    private static RecordOrder order(ChunkedDocument document) {
        return RecordOrder.of(document.source().ordering(), null);
    }

    private static Receipt.Action deliver(RedisIndex writer, ChunkedDocument document) {
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
        try (UnifiedJedis redis = RedisClients.open(as(user))) {
            assertThatThrownBy(() -> redis.set("tarn:spec", "{}")).isInstanceOf(JedisAccessControlException.class);
            assertThatThrownBy(() -> redis.del("tarn:spec")).isInstanceOf(JedisAccessControlException.class);
            assertThatThrownBy(() -> redis.hset("tarn:{a}:manifest", "revision", "1"))
                    .isInstanceOf(JedisAccessControlException.class);
            assertThatThrownBy(() -> redis.vadd("tarn:vectors:default:0", VECTOR, "a"))
                    .isInstanceOf(JedisAccessControlException.class);
            assertThatThrownBy(() -> redis.vrem("tarn:vectors:default:0", "a"))
                    .isInstanceOf(JedisAccessControlException.class);
            assertThatThrownBy(() -> redis.eval("return redis.call('DEL', 'tarn:spec')"))
                    .isInstanceOf(JedisAccessControlException.class);
        }
        assertThatThrownBy(() -> RedisIndex.openForWriting(as(user), INDEX))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--redis-user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tarn-ingest", "tarn-query", "tarn-verify", "tarn-repair"})
    void nobodySeesOtherKeysOrRulesTheServer(String user) {
        try (UnifiedJedis redis = RedisClients.open(as(user))) {
            assertThatThrownBy(() -> redis.get("others")).isInstanceOf(JedisAccessControlException.class);
            for (String command : List.of(
                    "FLUSHALL", "CONFIG GET dir", "KEYS tarn:*", "ACL LIST", "CLIENT LIST", "SHUTDOWN NOSAVE")) {
                assertThatThrownBy(() -> redis.executeCommand(
                                new CommandObject<>(arguments(command), BuilderFactory.RAW_OBJECT)))
                        .describedAs(command)
                        .isInstanceOf(JedisAccessControlException.class);
            }
        }
    }

    private static CommandArguments arguments(String command) {
        String[] words = command.split(" ", -1);
        CommandArguments arguments = new CommandArguments(() -> words[0].getBytes(US_ASCII));
        List.of(words).subList(1, words.length).forEach(arguments::add);
        return arguments;
    }

    @Test
    void whatDoesNotFitIsSaidWithItsRemedyAndNoSecret() throws Exception {
        String rogue = Certificates.in(Files.createDirectory(folder.resolve("rogue")))
                .ca()
                .toString();
        Tls trusted = tls();

        assertThatThrownBy(() -> RedisClients.open(as("tarn-query", SecretFile.holding("guessed"), trusted)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("WRONGPASS")
                .hasMessageContaining("--redis-user")
                .hasMessageNotContaining("guessed");
        assertThatThrownBy(() -> RedisClients.open(as("tarn-query", password(), Tls.trusting(rogue))))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--redis-ca-file");
        assertThatThrownBy(() -> RedisClients.open(as("tarn-query", password(), Tls.DEFAULT)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--redis-ca-file");
    }

    @Test
    void aServerThatAsksForACertificateGetsIt() {
        String users = RedisUsers.with(Map.of("tarn-query", PASSWORD));
        Tls shown = new Tls(
                certificates.ca().toString(),
                certificates.certificate("client").toString(),
                certificates.key("client").toString());
        try (RedisServer strict = RedisServer.startSecured(certificates, users, "yes")) {
            RedisSettings settings = as("tarn-query", password(), shown, strict);

            assertThatCode(() -> RedisIndex.openForReading(settings, INDEX).close())
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> RedisIndex.openForReading(as("tarn-query", password(), tls(), strict), INDEX))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    private static Tls tls() {
        return Tls.trusting(certificates.ca().toString());
    }

    private static Secret password() {
        return SecretFile.holding(PASSWORD);
    }

    private static RedisSettings as(String user) {
        return as(user, password(), tls());
    }

    private static RedisSettings as(String user, Secret password, Tls tls) {
        return as(user, password, tls, server);
    }

    private static RedisSettings as(String user, Secret password, Tls tls, RedisServer at) {
        return new RedisSettings(at.uri(), user, password, tls, Duration.ofSeconds(20), 4);
    }
}
