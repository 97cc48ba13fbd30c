package dev.tarn.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tarn.local.stack.Endpoints;
import dev.tarn.local.stack.PreferredPorts;
import dev.tarn.local.stack.Stack;
import dev.tarn.local.stack.StackSettings;
import dev.tarn.redis.EngineSettings;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.FakeOllama;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** A real broker and a real Redis; the ingest job is a {@link HandIngest}. */
class VerifyAndReplayTest {
    @TempDir
    static Path data;

    private static FakeOllama ollama;
    private static HttpServer flink;
    private static Stack stack;
    private static RedisClient redis;

    private final String topic = "documents-" + UUID.randomUUID();
    private HandIngest ingest;

    @BeforeAll
    static void start() throws IOException {
        ollama = FakeOllama.start();
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        flink.start();
        URI rest = URI.create("http://127.0.0.1:" + flink.getAddress().getPort());
        stack = Stack.start(
                StackSettings.of(Path.of(System.getProperty("tarn.home")))
                        .withData(data)
                        .withPorts(PreferredPorts.ANY)
                        .withGiven(new Endpoints(null, null, ollama.uri(), rest)),
                port -> {
                    throw new IllegalStateException("the model server is given");
                },
                event -> {});
        redis = RedisClient.create(stack.endpoints().redis());
    }

    @AfterAll
    static void stop() {
        redis.close();
        stack.close();
        flink.stop(0);
        ollama.close();
    }

    @BeforeEach
    void open() {
        redis.flushAll();
        ingest = HandIngest.open(stack.endpoints(), topic, EngineSettings.DEFAULT);
    }

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void anIndexThatEqualsItsTopicIsSaidToAndNothingElse() {
        ingest.publish("a", "{\"text\": \"One.\"}");
        ingest.publish("b", "{\"text\": \"Two.\", \"version\": 3}");
        ingest.publish("a", "{\"text\": \"One again.\"}");
        ingest.publish("b", "{\"text\": \"Two, late.\", \"version\": 2}");
        ingest.publish("c", "{\"text\": \"Three.\"}");
        ingest.publish("c", null);
        ingest.publish("never", null);
        ingest.ingestAll();

        Result result = run("verify");

        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out())
                .isEqualTo("7 records, 2 documents: the index equals the topic" + System.lineSeparator());
    }

    @Test
    void eachKindOfDifferenceIsNamedAndMended() {
        for (String id : List.of("lost", "old", "no-payload", "no-vector", "forged", "unlisted", "back")) {
            ingest.publish(id, "{\"text\": \"The first text of " + id + ".\"}");
        }
        ingest.publish("gone", "{\"text\": \"Deleted later.\"}");
        ingest.ingestAll();
        Map<String, String> first = redis.hgetAll("tarn:{old}:manifest");
        Map<String, String> living = redis.hgetAll("tarn:{gone}:manifest");
        ingest.publish("old", "{\"text\": \"The second text of old.\"}");
        ingest.publish("gone", null);
        ingest.ingestAll();

        redis.del("tarn:{lost}:manifest");
        redis.del("tarn:{old}:manifest");
        redis.hset("tarn:{old}:manifest", first);
        redis.del(payload("no-payload"));
        String element = payload("no-vector").substring("tarn:{no-vector}:chunk:".length());
        redis.vrem("tarn:vectors:default:0", "no-vector:" + element);
        redis.hset(payload("forged"), "text", "Something else.");
        redis.hdel("tarn:{unlisted}:manifest", "e:" + payload("unlisted").substring("tarn:{unlisted}:chunk:".length()));
        redis.hset("tarn:{stranger}:manifest", living);
        redis.hset("tarn:{nobody}:chunk:hash.0-0-log", "text", "A payload of nobody.");
        redis.vadd("tarn:vectors:other:0", new float[] {1, 2}, "nobody:hash.0-0-log");
        redis.hset("tarn:{back}:manifest", "g:hash.0-0-log", "default");

        Result found = run("verify", "--json");

        assertThat(found.exitCode()).isEqualTo(1);
        Map<String, String> kinds = kinds(found);
        assertThat(kinds)
                .containsEntry("lost", "[missing, orphan, orphan]")
                .containsEntry("no-payload", "[damaged]")
                .containsEntry("no-vector", "[damaged]")
                .containsEntry("forged", "[damaged]")
                .containsEntry("unlisted", "[damaged, orphan, orphan]")
                .containsEntry("stranger", "[extra]")
                .containsEntry("nobody", "[orphan, orphan]")
                .containsEntry("back", "[orphan]")
                .containsEntry("old", "[orphan, orphan, stale]")
                .hasSize(9);

        Result mended = run("verify", "--repair");

        assertThat(mended.exitCode()).as(mended.out()).isZero();
        assertThat(mended.out())
                .endsWith("10 records, 7 documents: the index equals the topic" + System.lineSeparator());
        assertThat(redis.keys("tarn:{stranger}*")).isEmpty();
        assertThat(redis.keys("tarn:{nobody}*")).isEmpty();
        assertThat(redis.hget(payload("old"), "text")).isEqualTo("The second text of old.");
    }

    @Test
    void whatTheIndexHasNotComeToIsPendingAndIsLeftToTheJob() {
        ingest.publish("a", "{\"text\": \"One.\"}");
        ingest.ingestAll();
        ingest.publish("b", "{\"text\": \"Two.\"}");

        Result result = run("verify", "--repair", "--wait", "PT0.1S");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("pending     b:", "Does the ingest job run?")
                .doesNotContain("missing");
        assertThat(redis.exists("tarn:{b}:manifest")).isFalse();
    }

    @Test
    void aRefusedRecordIsReportedWithItsReasonUntilItIsReplacedOrDeleted() {
        ingest.publish("poison", "not json");
        ingest.publish("mended", "not json");
        ingest.publish("mended", "{\"text\": \"Good.\"}");
        ingest.ingestAll();

        Result refused = run("verify");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("dead-letter poison: parse: not valid JSON", "1 dead-letter");

        ingest.publish("poison", null);
        ingest.ingestAll();
        assertThat(run("verify").exitCode()).isZero();
    }

    @Test
    void aSmallMemoryFindsTheSameInSeveralPasses() {
        for (int i = 0; i < 40; i++) {
            ingest.publish("document-" + i, "{\"text\": \"Text " + i + ".\"}");
        }
        ingest.ingestAll();
        redis.del("tarn:{document-7}:manifest");
        redis.hset("tarn:{stranger}:manifest", redis.hgetAll("tarn:{document-8}:manifest"));
        String whole = sorted(run("verify").out());

        assertThat(sorted(run("verify", "--keys-in-memory", "9").out())).isEqualTo(whole);
        assertThat(whole).contains("missing     document-7", "extra       stranger");
    }

    @Test
    void documentsThatStreamInAreNoDifference() {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> stream = CompletableFuture.runAsync(() -> {
            for (int i = 0; !done.get(); i++) {
                ingest.publish("document-" + i % 17, i % 5 == 4 ? null : "{\"text\": \"Text " + i + ".\"}");
                ingest.ingestAll();
            }
        });
        try {
            for (int round = 0; round < 5; round++) {
                Result result = run("verify");
                assertThat(result.exitCode()).as(result.out()).isZero();
            }
        } finally {
            done.set(true);
            stream.join();
        }
    }

    @Test
    void aReplayThatWasKilledBeforeItSentTheLaterRecordAgainIsMadeGoodByTheNext() {
        ingest.refuseTextsLongerThan(10);
        ingest.publish("a", "{\"text\": \"A text that is too long.\"}");
        ingest.publish("a", "{\"text\": \"Short.\"}");
        ingest.ingestAll();
        ingest.sendBack("a");

        run("dead-letters", "--replay");

        SourceRecord last = ingest.records("a").get(3);
        assertThat(new String(last.value(), UTF_8)).contains("Short.");
        assertThat(last.ordering()).isEqualTo(ingest.records("a").get(1).position());
    }

    @Test
    void aDeadLetterThatIsSentBackAfterTheCauseIsGoneIsIndexed() {
        ingest.refuseTextsLongerThan(10);
        ingest.publish("a", "{\"text\": \"A text that is too long.\"}");
        ingest.ingestAll();
        assertThat(run("verify").out()).contains("dead-letter a: parse: the text has 24 characters");

        ingest.refuseTextsLongerThan(100);
        assertThat(run("dead-letters", "--replay").out())
                .isEqualTo("1 dead letters sent back" + System.lineSeparator());
        ingest.ingestAll();

        assertThat(redis.hget(payload("a"), "text")).isEqualTo("A text that is too long.");
        assertThat(run("verify").exitCode()).isZero();
        assertThat(run("dead-letters", "--replay").out())
                .isEqualTo("0 dead letters sent back" + System.lineSeparator());
    }

    @Test
    void aDeadLetterIsNotSentBackOverALaterRecord() {
        ingest.refuseTextsLongerThan(10);
        ingest.publish("a", "{\"text\": \"A text that is too long.\"}");
        ingest.publish("gone", "{\"text\": \"A text that is too long.\"}");
        ingest.publish("a", "{\"text\": \"Later.\"}");
        ingest.publish("gone", null);
        ingest.ingestAll();
        ingest.refuseTextsLongerThan(100);

        assertThat(run("dead-letters", "--replay").out())
                .contains("0 dead letters sent back", "2 superseded by a later record, not sent back");
        ingest.ingestAll();

        assertThat(redis.hget(payload("a"), "text")).isEqualTo("Later.");
        assertThat(redis.keys("tarn:{gone}:chunk:*")).isEmpty();
        assertThat(run("verify").exitCode()).isZero();
    }

    @Test
    void whatFailedLongAgoIsSentBackOnlyWhenItIsAskedFor() {
        ingest.refuseTextsLongerThan(10);
        ingest.publish("old", "{\"text\": \"A text that is too long.\"}");
        ingest.ingestAll(Instant.now().minus(Duration.ofDays(7)));
        ingest.publish("recent", "{\"text\": \"A text that is too long.\"}");
        ingest.ingestAll();

        assertThat(run("dead-letters", "--replay").out())
                .contains("1 dead letters sent back", "1 older than 6 days, not sent back", "--since TIME");
        assertThat(ingest.records("old")).hasSize(1);

        String since = Instant.now().minus(Duration.ofDays(8)).toString();
        assertThat(run("dead-letters", "--replay", "--since", since).out())
                .isEqualTo("2 dead letters sent back" + System.lineSeparator());
        assertThat(ingest.records("old")).hasSize(2);
        assertThat(run("dead-letters", "--since", since).exitCode()).isEqualTo(2);
    }

    @Test
    void aLetterThatWasRefusedAgainKeepsItsFirstPlace() {
        ingest.refuseTextsLongerThan(10);
        ingest.publish("a", "{\"text\": \"A text that is too long.\"}");
        ingest.ingestAll();
        run("dead-letters", "--replay");
        ingest.ingestAll();
        ingest.publish("a", "{\"text\": \"Later.\"}");
        ingest.refuseTextsLongerThan(100);

        assertThat(run("dead-letters", "--replay").out()).contains("1 superseded by a later record");
        ingest.ingestAll();
        assertThat(redis.hget(payload("a"), "text")).isEqualTo("Later.");
    }

    private static String sorted(String out) {
        List<String> lines = new ArrayList<>(out.lines().toList());
        Collections.sort(lines);
        return String.join("\n", lines);
    }

    private static String payload(String id) {
        return redis.keys("tarn:{" + id + "}:chunk:*").iterator().next();
    }

    /** Document to the sorted kinds of its findings. */
    private static Map<String, String> kinds(Result result) {
        Map<String, List<String>> kinds = new TreeMap<>();
        result.out()
                .lines()
                .map(VerifyAndReplayTest::json)
                .filter(line -> line.has("kind"))
                .forEach(line -> kinds.computeIfAbsent(line.get("documentId").asText(), id -> new ArrayList<>())
                        .add(line.get("kind").asText()));
        Map<String, String> sorted = new TreeMap<>();
        kinds.forEach((id, of) -> sorted.put(id, of.stream().sorted().toList().toString()));
        return sorted;
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }

    private record Result(int exitCode, String out) {}

    private Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kafka", stack.endpoints().kafka(), "--documents-topic", topic));
        if (arguments[0].equals("verify")) {
            all.addAll(List.of("--redis", stack.endpoints().redis().toString()));
            all.addAll(List.of("--ollama", ollama.uri().toString()));
        }
        StringWriter out = new StringWriter();
        int exitCode = Tarn.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(all.toArray(String[]::new));
        return new Result(exitCode, new String(out.toString().getBytes(UTF_8), UTF_8));
    }
}
