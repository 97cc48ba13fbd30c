package dev.tarn.local.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.local.Tarn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both jobs on a real cluster, with everything behind TLS and passwords; and then a search for the passwords in all that
 * the cluster shows or writes, after logins that failed too.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecretsStayHiddenTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String INGEST = "dev.tarn.jobs.ingest.IngestJob";
    private static final String QUERY = "dev.tarn.jobs.query.QueryJob";

    @TempDir
    static Path root;

    private static SecuredStack stack;
    private static FlinkJobs flink;
    private static FlinkRest rest;
    private static String jar;

    /** What was shown, by where. */
    private static final Map<String, String> SHOWN = new HashMap<>();

    @BeforeAll
    static void start() throws IOException {
        stack = new SecuredStack(root);
        flink = new FlinkJobs(stack.flink());
        rest = new FlinkRest(stack.flink());
        jar = flink.upload(Path.of(System.getProperty("tarn.home"), "jobs/target/tarn-jobs.jar"));
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void aDocumentIsIngestedAndAQuestionAnsweredBehindTlsAndPasswords() throws IOException {
        String ingest = run(
                INGEST,
                stack.kafka("scram.properties"),
                stack.redis("tarn-ingest", "tarn-ingest"),
                stack.ollama("ollama"));
        String query =
                run(QUERY, stack.kafkaByCertificate(), stack.redis("tarn-query", "tarn-query"), stack.ollama("ollama"));
        flink.awaitRunning(ingest, PATIENCE);
        flink.awaitRunning(query, PATIENCE);
        Path note = Files.writeString(root.resolve("zorblax.md"), "The planet Zorblax has seven moons.");

        assertThat(tarn(List.of("publish", note.toString(), "--wait"), stack.kafka("scram.properties")))
                .contains("1 indexed, 0 dead letters");
        assertThat(tarn(List.of("ask", "How many moons does the planet Zorblax have?"), stack.kafkaByCertificate()))
                .contains("seven moons");
        await().atMost(PATIENCE).until(() -> flink.completedCheckpoints(ingest) > 0);
        assertThat(tarn(
                        List.of("verify", "--repair"),
                        stack.kafka("scram.properties"),
                        stack.redis("tarn-repair", "tarn-repair"),
                        stack.ollama("ollama")))
                .contains("the index equals the topic");
    }

    @Test
    @Order(2)
    void aWrongPasswordIsSaidByItsRemedy() {
        Throwable kafka = catchThrowable(() -> run(
                INGEST,
                stack.kafka("wrong-scram.properties"),
                stack.redis("tarn-ingest", "tarn-ingest"),
                stack.ollama("ollama")));
        assertThat(kafka).hasMessageContaining("Kafka").hasMessageContaining("--kafka-config-file");
        show("refusal by Kafka", kafka.toString());

        String redis = run(
                INGEST,
                stack.kafka("scram.properties"),
                stack.redis("tarn-ingest", "wrong"),
                stack.ollama("ollama"),
                List.of("--ingest-group", "other"));
        String model = run(
                QUERY,
                stack.kafka("scram.properties"),
                stack.redis("tarn-query", "tarn-query"),
                stack.ollama("wrong"),
                List.of("--query-group", "other"));
        awaitFailure(redis, "--redis-user");
        awaitFailure(model, "TARN_OLLAMA_API_KEY");
        Throwable refused = catchThrowable(
                () -> run(INGEST, List.of("--redis-password", "typed-by-mistake"), stack.ollama("ollama")));
        assertThat(refused).hasMessageContaining("--redis-password-file").hasMessageNotContaining("typed-by-mistake");
    }

    private static void awaitFailure(String job, String remedy) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(rest.get("jobs/" + job + "/exceptions").toString())
                                .contains(remedy));
    }

    @Test
    @Order(3)
    void noSecretIsShownAnywhere() throws Exception {
        walk();
        ProcessHandle.allProcesses().forEach(process -> show("command line of " + process.pid(), commandLine(process)));
        for (Path file : stack.written()) {
            try {
                show(file.toString(), new String(Files.readAllBytes(file), ISO_8859_1));
            } catch (NoSuchFileException e) {
                // a checkpoint that was replaced meanwhile
            }
        }

        List<String> secrets = stack.secrets();
        List<String> leaks = new ArrayList<>();
        SHOWN.forEach((where, text) -> secrets.stream().filter(text::contains).forEach(secret -> leaks.add(where)));
        assertThat(leaks).isEmpty();
        assertThat(SHOWN.keySet()).anyMatch(where -> where.contains("checkpoints"));
        assertThat(SHOWN.get("jobs/overview")).contains("tarn-ingest", "tarn-query");
        assertThat(String.join("\n", SHOWN.values())).contains("WRONGPASS", "Zorblax");
    }

    /** Every answer of the REST API that tells of the cluster and its jobs. */
    private static void walk() {
        Stream.of(
                        "config",
                        "overview",
                        "jobmanager/config",
                        "jobmanager/environment",
                        "jobmanager/logs",
                        "jars",
                        "jobmanager/thread-dump",
                        "jobs/overview",
                        "taskmanagers")
                .forEach(SecretsStayHiddenTest::show);
        for (Job job : flink.list()) {
            String at = "jobs/" + job.id();
            Stream.of(
                            "",
                            "/config",
                            "/plan",
                            "/exceptions",
                            "/jobmanager/config",
                            "/jobmanager/environment",
                            "/accumulators",
                            "/checkpoints",
                            "/checkpoints/config")
                    .forEach(part -> show(at + part));
            for (JsonNode vertex : rest.get(at).path("vertices")) {
                show(at + "/vertices/" + vertex.path("id").asText());
                show(at + "/vertices/" + vertex.path("id").asText() + "/accumulators");
            }
        }
        for (JsonNode each : rest.get("taskmanagers").path("taskmanagers")) {
            Stream.of("", "/logs", "/thread-dump")
                    .forEach(part -> show("taskmanagers/" + each.path("id").asText() + part));
        }
    }

    private static void show(String path) {
        show(path, rest.get(path).toString());
    }

    private static void show(String where, String text) {
        SHOWN.merge(where, text, String::concat);
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("")
                + String.join(" ", process.info().arguments().orElse(new String[0]));
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
        show(command.get(0), out + "\n" + err);
        assertThat(exitCode).as(out + "\n" + err).isZero();
        return out.toString();
    }
}
