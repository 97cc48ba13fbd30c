package dev.tarn.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.jobs.kafka.Topics;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.Tarn;
import dev.tarn.local.topics.Publisher;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Both jobs on a real cluster, with everything behind TLS and passwords, and rules of who may do what in Kafka and Redis;
 * and then a search for the passwords in all that the cluster shows or writes, after logins that failed too. One job has
 * its secrets in files, the other in variables.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredClusterTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String INGEST = "dev.tarn.jobs.ingest.IngestJob";
    private static final String QUERY = "dev.tarn.jobs.query.QueryJob";

    @TempDir
    static Path root;

    private static SecuredStack stack;
    private static FlinkJobs flink;
    private static FlinkRest rest;
    private static KafkaRules rules;
    private static String jar;
    private static List<String> jobs;

    private static final Shown SHOWN = new Shown();

    @BeforeAll
    static void start() throws IOException {
        stack = new SecuredStack(root);
        rules = new KafkaRules(stack.kafkaAdministrator());
        flink = new FlinkJobs(stack.flink());
        rest = new FlinkRest(stack.flink());
        jar = flink.upload(Path.of(System.getProperty("tarn.home"), "jobs/target/tarn-jobs.jar"));
    }

    @AfterAll
    static void stop() {
        if (rules != null) {
            rules.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void whatAJobLacksInKafkaIsNamedWithItsRemedy() throws Exception {
        KafkaOptions kafka = options(stack.kafka("lacking"));
        Topics topics = kafka.topics(kafka.queryTopics());
        List<AclBinding> rights = KafkaRights.of("query job", "lacking");
        rules.allow(rights);
        assertThatThrownBy(() -> topics.prepare("tarn-query", "tarn-answers"))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("The topic questions is not there")
                .hasMessageContaining("lacks the right CREATE on the topic questions. Run: kafka-acls.sh");

        options(stack.kafkaAsAdministrator()).topics(kafka.queryTopics()).createMissing();
        assertThatCode(() -> topics.prepare("tarn-query", "tarn-answers")).doesNotThrowAnyException();
        for (AclBinding right : rights) {
            if (right.entry().operation() == AclOperation.DESCRIBE_CONFIGS) {
                continue; // a job goes without it, and says so in its log
            }
            rules.deny(right);
            assertThatThrownBy(() -> topics.prepare("tarn-query", "tarn-answers"))
                    .isInstanceOf(Misconfiguration.class)
                    .message()
                    .startsWith(
                            "The Kafka user lacks the right " + right.entry().operation())
                    .contains(" " + right.pattern().name() + ". Run: kafka-acls.sh ")
                    .hasLineCount(1);
            rules.allow(List.of(right));
        }
    }

    @Test
    @Order(2)
    void aDocumentIsIngestedAndAQuestionAnsweredBehindTlsPasswordsAndRules() throws Exception {
        rules.allow(KafkaRights.of("ingest job", "tarn-ingest"));
        rules.allow(KafkaRights.toCreate(options(stack.kafka("tarn-ingest")).ingestTopics(), "tarn-ingest"));
        rules.allow(KafkaRights.of("query job", "CN=client"));
        for (String command : List.of("publish", "ask", "verify")) {
            rules.allow(KafkaRights.of("`tarn " + command + "`", "tarn-" + command));
        }
        String ingest = run(
                INGEST, stack.kafka("tarn-ingest"), stack.redis("tarn-ingest", "tarn-ingest"), stack.ollama("ollama"));
        String query = run(
                QUERY,
                stack.kafkaByCertificate(),
                stack.redis("tarn-query"),
                stack.ollama(),
                List.of("--answers-delivery", "exactly-once"));
        jobs = List.of(ingest, query);
        flink.awaitRunning(ingest, PATIENCE);
        flink.awaitRunning(query, PATIENCE);
        Path note = Files.writeString(root.resolve("zorblax.md"), "The planet Zorblax has seven moons.");

        assertThat(tarn(List.of("publish", note.toString(), "--wait"), stack.kafka("tarn-publish")))
                .contains("1 indexed, 0 dead letters");
        assertThat(tarn(List.of("ask", "How many moons does the planet Zorblax have?"), stack.kafka("tarn-ask")))
                .contains("seven moons");
        await().atMost(PATIENCE).until(() -> flink.completedCheckpoints(ingest) > 0);
        assertThat(flink.describe(ingest))
                .contains("the job " + ingest + " is RUNNING, its tasks are [RUNNING ")
                .endsWith("slots are free; it failed never");
        assertThat(tarn(
                        List.of("verify", "--repair"),
                        stack.kafka("tarn-verify"),
                        stack.redis("tarn-repair", "tarn-repair"),
                        stack.ollama("ollama")))
                .contains("the index equals the topic");
    }

    @Test
    @Order(3)
    void eachOtherCommandRunsWithItsRightsAlone() throws Exception {
        for (String command : List.of("delete", "answers", "evaluate", "status", "dead-letters")) {
            rules.allow(KafkaRights.of("`tarn " + command + "`", "tarn-" + command));
        }
        rules.allow(KafkaRights.of("`tarn dead-letters`", "tarn-replay"));
        rules.allow(KafkaRights.of("`tarn dead-letters --replay`, besides", "tarn-replay"));

        Path questions = Files.writeString(
                root.resolve("questions.jsonl"),
                "{\"id\": \"moons\", \"question\": \"How many moons?\", \"documents\": [\"zorblax\"]}");
        assertThat(tarn(
                        List.of("evaluate", "--collection", "default", "--questions", questions.toString()),
                        stack.kafka("tarn-evaluate"),
                        stack.redis("tarn-query", "tarn-query"),
                        stack.ollama("ollama")))
                .contains("recall@4");
        assertThat(tarn(List.of("answers"), stack.kafka("tarn-answers"))).contains("seven moons");
        assertThat(tarn(List.of("delete", "zorblax", "--wait"), stack.kafka("tarn-delete")))
                .contains("1 deleted, 0 dead letters");
        publishNoJson("tarn-publish", "documents");
        publishNoJson("tarn-ask", "questions");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tarn(List.of("dead-letters"), stack.kafka("tarn-dead-letters")))
                        .endsWith("2 dead letters\n"));
        assertThat(tarn(List.of("dead-letters", "--replay"), stack.kafka("tarn-replay")))
                .contains("2 dead letters sent back");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tarn(
                                List.of("status", "--flink", stack.flink().toString()),
                                stack.kafka("tarn-status"),
                                stack.redis("tarn-verify", "tarn-verify"),
                                stack.ollama("ollama")))
                        .containsPattern("tarn-ingest is \\d+ records behind, tarn-query is \\d+ records behind")
                        .contains("0 documents"));
    }

    private static void publishNoJson(String user, String topic) {
        try (Publisher publisher = new Publisher(options(stack.kafka(user)).settings())) {
            publisher.send(topic, "no-json", "{".getBytes(UTF_8), sent -> {});
            publisher.flush();
        }
    }

    @Test
    @Order(4)
    void aRightThatIsTakenAwayFailsTheJobAndIsNoSilence() throws Exception {
        AclBinding right = KafkaRights.of("ingest job", "tarn-ingest").stream()
                .filter(each -> each.pattern().name().equals("index-events")
                        && each.entry().operation() == AclOperation.WRITE)
                .findFirst()
                .orElseThrow();
        rules.deny(right);
        Path note = Files.writeString(root.resolve("quux.md"), "The planet Quux has no moon.");
        tarn(List.of("publish", note.toString()), stack.kafka("tarn-publish"));

        awaitFailure(jobs.get(0), "Not authorized to access topics: [index-events]");

        rules.allow(List.of(right));
        assertThat(tarn(List.of("publish", note.toString(), "--wait"), stack.kafka("tarn-publish")))
                .contains("1 documents in", " 0 dead letters");
    }

    @Test
    @Order(5)
    void aWrongPasswordIsSaidByItsRemedy() {
        Throwable kafka = catchThrowable(() ->
                run(INGEST, stack.kafka("wrong"), stack.redis("tarn-ingest", "tarn-ingest"), stack.ollama("ollama")));
        assertThat(kafka).hasMessageContaining("Kafka").hasMessageContaining("--kafka-config-file");
        SHOWN.add("refusal by Kafka", kafka.toString());

        String redis =
                run(INGEST, stack.kafka("tarn-ingest"), stack.redis("tarn-ingest", "wrong"), stack.ollama("ollama"));
        String model = run(QUERY, stack.kafkaByCertificate(), stack.redis("tarn-query"), stack.ollama("wrong"));
        awaitFailure(redis, "--redis-user");
        awaitFailure(model, "TARN_OLLAMA_API_KEY");
        Throwable refused = catchThrowable(
                () -> run(INGEST, List.of("--redis-password", "typed-by-mistake"), stack.ollama("ollama")));
        assertThat(refused).hasMessageContaining("--redis-password-file").hasMessageNotContaining("typed-by-mistake");
    }

    private static KafkaOptions options(List<String> arguments) {
        KafkaOptions options = new KafkaOptions();
        new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
        return options;
    }

    private static void awaitFailure(String job, String remedy) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(rest.get("jobs/" + job + "/exceptions").toString())
                                .contains(remedy));
    }

    @Test
    @Order(6)
    void noSecretIsShownAnywhere() throws Exception {
        SHOWN.addAnswers(rest, flink);
        SHOWN.addCommandLines();
        SHOWN.addFiles(stack.written());
        for (String job : jobs) {
            flink.stopWithSavepoint(job, PATIENCE);
        }
        SHOWN.addFiles(stack.written());

        assertThat(SHOWN.places(stack.secrets())).isEmpty();
        Map<String, String> texts = SHOWN.texts();
        assertThat(texts.keySet()).anyMatch(where -> where.contains("/checkpoints/"));
        assertThat(texts.keySet()).anyMatch(where -> where.contains("/savepoints/") && where.endsWith("_metadata"));
        assertThat(texts).anySatisfy((where, text) -> {
            assertThat(where).contains("blob");
            assertThat(text).contains("TARN_OLLAMA_API_KEY", "${env:KAFKA_KEY_PASSWORD}");
        });
        assertThat(texts.get("jobs/overview")).contains("tarn-ingest", "tarn-query");
        assertThat(String.join("\n", texts.values())).contains("WRONGPASS", "Zorblax");
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<String> arguments(List<String>... groups) {
        return Stream.of(groups).flatMap(List::stream).toList();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static String run(String entryClass, List<String>... arguments) {
        return flink.run(jar, new JobRun(entryClass, arguments(arguments), 1, null));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static String tarn(List<String> command, List<String>... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Tarn.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        SHOWN.add(command.get(0), out + "\n" + err);
        assertThat(exitCode).as(out + "\n" + err).isZero();
        return out.toString();
    }
}
