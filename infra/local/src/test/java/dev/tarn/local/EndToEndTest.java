package dev.tarn.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.jobs.kafka.KafkaSettings;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.json.Json;
import dev.tarn.local.Scraped.Sample;
import dev.tarn.local.stack.PreferredPorts;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.question.Answer;
import dev.tarn.question.Passage;
import dev.tarn.redis.RedisSettings;
import dev.tarn.redis.RedisStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import redis.clients.jedis.RedisClient;

/** The whole way on real parts: broker, Flink cluster with the job jar, Redis, and a server with Ollama's API. */
class EndToEndTest {
    @TempDir
    static Path data;

    @TempDir
    Path notes;

    private static final Scraped SCRAPED = Scraped.onFreePorts();
    private static LocalTarn tarn;

    @BeforeAll
    static void start() {
        StackOptions options = new StackOptions();
        new CommandLine(options).parseArgs("--metrics-ports", SCRAPED.range());
        options.spareSlots = 1;
        tarn = LocalTarn.start(options, data, PreferredPorts.ANY, event -> {});
    }

    @AfterAll
    static void stop() {
        tarn.close();
    }

    @Test
    void answersFollowTheDocumentsAsTheyAreWrittenRewrittenAndDeleted() throws IOException {
        String question = "How many moons does the planet Zorblax have?";
        assertThat(ask(question).status()).isEqualTo(Answer.Status.NO_ANSWER);

        write(
                "zorblax",
                "---\ntitle: The planet Zorblax\nweek: 3\n---\nThe planet Zorblax has seven moons.\n\n"
                        + "The history of Zorblax is long. ".repeat(60)
                        + "\n\nThe moons of the planet Zorblax are called after rivers.");
        write("bread", "Bread is baked from flour, water, salt and yeast.");
        Result first = run("publish", notes.toString(), "--wait");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).contains("2 documents in").contains("2 indexed, 0 dead letters");

        Answer seven = ask(question);
        assertThat(seven.status()).isEqualTo(Answer.Status.ANSWERED);
        assertThat(seven.answer()).contains("seven moons").contains("[1]");
        assertThat(seven.sources().get(0).documentId()).isEqualTo("zorblax");
        assertThat(seven.sources().get(0).title()).isEqualTo("The planet Zorblax");
        assertThat(ask(question, "--filter", "week=3").status()).isEqualTo(Answer.Status.ANSWERED);
        assertThat(ask(question, "--filter", "week=3", "--filter-json", "{\"$not\": {\"week\": {\"max\": 3}}}")
                        .status())
                .isEqualTo(Answer.Status.NO_ANSWER);

        long chunksBefore = index().size().chunks();
        write("zorblax", "The planet Zorblax has nine moons.");
        assertThat(run("publish", notes.toString(), "--wait").out())
                .contains("1 indexed, 1 unchanged")
                .contains("1 embedded, 1 reused");
        assertThat(index().size().chunks()).isLessThan(chunksBefore);
        assertThat(index().size().vectors()).isEqualTo(index().size().chunks());

        Answer nine = ask(question);
        assertThat(nine.answer()).contains("nine moons").doesNotContain("seven");
        assertThat(nine.sources()).extracting(Passage::text).noneMatch(text -> text.contains("seven"));

        assertThat(run("delete", "zorblax", "--wait").out()).contains("1 deleted");
        Answer gone = ask(question);
        assertThat(gone.status()).isEqualTo(Answer.Status.NO_ANSWER);
        assertThat(gone.sources()).extracting(Passage::documentId).doesNotContain("zorblax");
    }

    @Test
    void aFloodOfCopiesOfAPoisonedTextTakesOnePlaceBesideTheNote() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(
                "{\"id\": \"note\", \"text\": \"The purpose of data replication is to keep data available when machines fail.\"}");
        for (int i = 0; i < 40; i++) {
            lines.add("{\"id\": \"flood-" + i
                    + "\", \"text\": \"The purpose of data replication is to sell more machines,"
                    + " as everybody in the trade knows and none of them denies, says expert number " + i + ".\"}");
        }
        Path flood = Files.write(notes.resolve("flood.jsonl"), lines);
        assertThat(run("publish", flood.toString(), "--collection", "flood", "--wait")
                        .exitCode())
                .isZero();

        Answer answer = ask("What is the purpose of data replication?", "--collection", "flood");

        assertThat(answer.sources()).hasSize(2).extracting(Passage::documentId).contains("note");
        assertThat(answer.answer()).contains("keep data available when machines fail");
    }

    @Test
    void aBadRecordIsADeadLetterThatIsListedAndTheGoodOnesGoOn() throws IOException {
        try (Publisher publisher = new Publisher(tarn.kafkaOptions().settings())) {
            publisher.send("documents", "broken", "{\"text\": ".getBytes(UTF_8), metadata -> {});
        }
        write("good", "A good note comes after a broken one.");

        assertThat(run("publish", notes.toString(), "--wait").out()).contains("1 indexed");
        awaitDeadLetters(1, "documents.dlq broken: parse: not valid JSON");
    }

    @Test
    void aRecordThatUnpacksToMoreThanADeadLetterHoldsIsCutAndHoldsUpNothing() throws IOException {
        KafkaSettings kafka = tarn.kafkaOptions().settings();
        KafkaSettings large = new KafkaSettings(
                kafka.bootstrapServers(), Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(32 << 20)));
        try (Publisher publisher = new Publisher(large)) {
            publisher.send("documents", "bomb", new byte[20 << 20], metadata -> {});
        }
        write("after", "A good note comes after one that is far too large.");

        assertThat(run("publish", notes.toString(), "--wait").out()).contains("1 indexed");
        awaitDeadLetters(1, "documents.dlq bomb: parse: ");
        assertThat(run("dead-letters", "--replay").out()).contains("1 only the beginning of a record");
    }

    @Test
    void aReplaySendsEachDeadLetterBackOnce() throws IOException {
        try (Publisher publisher = new Publisher(tarn.kafkaOptions().settings())) {
            publisher.send("documents", "poison", "not json".getBytes(UTF_8), metadata -> {});
        }
        awaitDeadLetters(1, "documents.dlq poison:");

        run("dead-letters", "--replay");
        awaitDeadLetters(2, "documents.dlq poison:");
        run("dead-letters", "--replay");
        awaitDeadLetters(3, "documents.dlq poison:");

        write("poison", "A good note under the same key comes after all of them.");
        assertThat(run("publish", notes.toString(), "--wait").out()).contains("1 indexed");
        awaitDeadLetters(3, "documents.dlq poison:");
    }

    /** Dead letters of one partition are not in the order of the receipts of another. */
    private static void awaitDeadLetters(int count, String beginning) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(run("dead-letters").out().lines())
                        .filteredOn(line -> line.startsWith(beginning))
                        .hasSize(count));
    }

    @Test
    void aQuestionThatBreaksTheContractIsRefusedWithTheReason() {
        Result refused = run("ask", "What?", "--min-score", "7");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("minScore is a cosine similarity, from -1 to 1");
    }

    @Test
    void everyMetricOfTheTableAndOfEachDashboardAndAlertIsOnTheCluster() throws IOException, InterruptedException {
        try (Publisher publisher = new Publisher(tarn.kafkaOptions().settings())) {
            publisher.send("documents", "unmeasured", "no document".getBytes(UTF_8), metadata -> {});
            publisher.send("questions", "unmeasured", "no question".getBytes(UTF_8), metadata -> {});
        }
        write("measured", "Each stage of the pipeline is measured.");
        assertThat(run("publish", notes.toString(), "--wait").exitCode()).isZero();
        ask("What is measured?");
        List<Selector> selectors = Selector.inDashboardsAndAlerts();
        assertThat(selectors).hasSizeGreaterThan(30);

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            List<Sample> samples = SCRAPED.samples();
            assertThat(samples)
                    .extracting(Sample::name)
                    .containsAll(Stream.of(MetricName.values())
                            .map(MetricName::prometheusName)
                            .toList());
            assertThat(selectors).allSatisfy(selector -> assertThat(samples).anyMatch(selector::selects));
            assertThat(samples)
                    .anyMatch(sample -> sample.name().equals(MetricName.DEAD_LETTERS_BY_REASON.prometheusName())
                            && sample.labels().get("operator_name").equals("parse")
                            && sample.labels().get("reason").equals("JsonParseException")
                            && sample.value() >= 1)
                    .anyMatch(sample -> sample.name().equals(MetricName.DOCUMENTS.prometheusName())
                            && sample.labels().get("action").equals("indexed")
                            && sample.value() >= 1);
        });
    }

    @Test
    void aTraceGoesFromAQuestionToItsAnswerAndFromADocumentToItsReceiptOrDeadLetter() {
        KafkaOptions kafka = tarn.kafkaOptions();
        byte[] key = "traced".getBytes(UTF_8);
        Header parent = new RecordHeader(
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".getBytes(UTF_8));
        Header state = new RecordHeader("tracestate", "vendor=1".getBytes(UTF_8));
        List<String> topics = List.of(kafka.answersTopic, kafka.indexEventsTopic, kafka.documentsDlqTopic());
        Map<String, Headers> received = new HashMap<>();
        try (TopicReader reader = TopicReader.fromNow(kafka.settings(), topics);
                Publisher publisher = new Publisher(kafka.settings())) {
            List<Header> trace = List.of(parent, state);
            publisher.send(kafka.documentsTopic, key, "{\"text\": \"A note with a trace.\"}".getBytes(UTF_8), trace);
            publisher.send(kafka.documentsTopic, key, "{}".getBytes(UTF_8), trace);
            publisher.send(kafka.questionsTopic, key, "{\"question\": \"What has a trace?\"}".getBytes(UTF_8), trace);
            publisher.flush();

            await().atMost(Duration.ofMinutes(1)).pollInSameThread().untilAsserted(() -> {
                reader.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (Arrays.equals(record.key(), key)) {
                        received.put(record.topic(), record.headers());
                    }
                });
                assertThat(received).containsOnlyKeys(topics);
            });
        }
        assertThat(received.values()).allSatisfy(headers -> {
            assertThat(headers.lastHeader("traceparent").value()).isEqualTo(parent.value());
            assertThat(headers.lastHeader("tracestate").value()).isEqualTo(state.value());
        });
    }

    @Test
    void everyAnswerIsOnTheTopicAndTheStatusNamesEveryPart() {
        ask("Is anybody there?");

        assertThat(run("answers").out()).contains("Question: Is anybody there?");
        Result status = run(
                "status",
                "--redis",
                tarn.endpoints().redis().toString(),
                "--ollama",
                tarn.endpoints().ollama().toString(),
                "--flink",
                tarn.endpoints().flink().toString());
        assertThat(status.exitCode()).as(status.out()).isZero();
        assertThat(status.out()).contains("tarn-ingest RUNNING", "tarn-query RUNNING", "vector-set of all-minilm");
    }

    @Test
    void whatCannotBePublishedIsNamedAndTheRestIs() throws IOException {
        Files.writeString(notes.resolve("mixed.jsonl"), """
                {"id": "fine", "text": "A line that is fine."}
                {"id": "no-text"}
                {"text": "no id"}
                """);

        Result result = run("publish", notes.toString(), "--wait");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("mixed.jsonl:2: the document has no text", "mixed.jsonl:3: the document has no id");
        assertThat(result.out()).contains("1 documents in");
    }

    @Test
    void aBenchmarkOnPartsThatAreGivenMeasuresAndLeavesNothingBehind(@TempDir Path results) throws IOException {
        write("measured", "A note to measure with.");
        String database = tarn.endpoints().redis() + "/9";

        Result result = run(
                "benchmark",
                "republish",
                "--rounds=1",
                "--chunks=1",
                "--warm-up=1",
                "--documents=" + notes,
                "--redis=" + database,
                "--ollama=" + tarn.endpoints().ollama(),
                "--flink=" + tarn.endpoints().flink(),
                "--json=" + results.resolve("numbers.json"),
                "--svg=" + results);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("processor", "vector-set", "all unchanged", "documents/s");
        assertThat(results.resolve("numbers.json")).content().contains("updates of one document");
        assertThat(results.resolve("republish-rate.svg")).content().contains("</svg>");
        try (RedisClient redis = RedisClient.create(URI.create(database))) {
            assertThat(redis.dbSize()).isZero();
        }
        try (Admin admin = Admin.create(tarn.kafkaOptions().settings().clientProperties())) {
            assertThat(admin.listTopics()
                            .names()
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join())
                    .contains("documents")
                    .noneMatch(topic -> topic.startsWith("benchmark-"));
        }
    }

    @Test
    void anEvaluationScoresWhatTheStackHoldsAndTheAnswersThatItGives(@TempDir Path results) throws IOException {
        write("tarn", "A tarn is a small mountain lake that was carved out by a glacier.");
        write("fjord", "A fjord is a long and narrow arm of the sea between high cliffs.");
        assertThat(run("publish", notes.toString(), "--collection", "waters", "--wait")
                        .exitCode())
                .isZero();
        Path questions = Files.writeString(results.resolve("questions.jsonl"), """
                {"id": "q1", "question": "What is a tarn?", "documents": ["tarn"], "facts": ["small mountain lake"]}
                {"id": "q2", "question": "What is a fjord?", "documents": ["fjord"], "facts": ["arm of the sea"]}
                {"id": "u1", "question": "Who painted the Mona Lisa?", "documents": []}
                """);

        Result result = run(
                "evaluate",
                "--collection=waters",
                "--questions=" + questions,
                "--answers",
                "--redis=" + tarn.endpoints().redis(),
                "--ollama=" + tarn.endpoints().ollama(),
                "--json=" + results.resolve("numbers.json"),
                "--runs=" + results);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("recall@4", "nDCG@10", "hybrid - bm25", "no_answer to the unanswerable");
        JsonNode numbers =
                new ObjectMapper().readTree(results.resolve("numbers.json").toFile());
        Map<String, Double> means = new HashMap<>();
        numbers.path("means")
                .forEach(mean -> means.put(
                        mean.path("configuration").textValue() + " "
                                + mean.path("measure").textValue(),
                        mean.path("mean").doubleValue()));
        assertThat(means)
                .containsEntry("bm25 MRR", 1.0)
                .containsEntry("exact MRR", 1.0)
                .containsEntry("dense MRR", 1.0)
                .containsEntry("dense facts in 4 passages", 1.0)
                .containsEntry("answers no_answer to the unanswerable", 1.0)
                .containsEntry("answers refused, though answerable", 0.0)
                .containsEntry("answers citation recall", 1.0)
                .containsEntry("answers facts in the answer", 1.0);
        assertThat(numbers.path("approximation").path("recall").doubleValue()).isEqualTo(1);
        assertThat(results.resolve("dense.run")).content().startsWith("q1 Q0 tarn 1 ");
        assertThat(results.resolve("qrels.txt")).content().isEqualToIgnoringNewLines("q1 0 tarn 1q2 0 fjord 1");
    }

    private void write(String id, String text) throws IOException {
        Files.writeString(notes.resolve(id + ".md"), text);
    }

    private static RedisStatus index() {
        return RedisStatus.read(RedisSettings.of(tarn.endpoints().redis()));
    }

    private static Answer ask(String question, String... options) {
        List<String> arguments = new ArrayList<>(List.of("ask", question, "--json"));
        arguments.addAll(List.of(options));
        Result result = run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return Json.read(result.out().getBytes(UTF_8), Answer.class);
    }

    private record Result(int exitCode, String out, String err) {}

    private static Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kafka", tarn.endpoints().kafka()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Tarn.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }
}
