package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.local.Tarn;
import dev.tarn.testing.FakeOllama;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Flink's own distribution, with the commands of the README as they stand there, but for addresses and paths. */
@EnabledIfEnvironmentVariable(
        named = "FLINK_HOME",
        matches = ".+",
        disabledReason = "FLINK_HOME names no distribution of Flink (infra/local/flink/download-distribution gets one)")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FlinkDistributionTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String INGEST = "dev.tarn.jobs.ingest.IngestJob";
    private static final String QUERY = "dev.tarn.jobs.query.QueryJob";
    private static final String QUESTION = "How many moons does the planet Zorblax have?";

    @TempDir
    static Path root;

    private static FakeOllama ollama;
    private static FlinkDistribution distribution;
    private static FlinkJobs flink;
    private static Stack stack;
    private static String query;
    private static String savepoint;

    @BeforeAll
    static void start() throws IOException {
        ollama = FakeOllama.start();
        distribution = new FlinkDistribution(Path.of(System.getenv("FLINK_HOME")), root.resolve("flink"), 4);
        distribution.run("start-cluster.sh");
        await().atMost(PATIENCE).until(() -> Probe.httpAnswers(distribution.rest()));
        stack = Stacks.start(Stacks.settings(root.resolve("data"))
                .withGiven(new Endpoints(null, null, ollama.uri(), distribution.rest())));
        flink = new FlinkJobs(distribution.rest());
        await().atMost(PATIENCE).until(() -> flink.freeSlots() == 4);
    }

    @AfterAll
    static void stop() throws IOException {
        distribution.close();
        if (stack != null) {
            stack.close();
        }
        ollama.close();
    }

    @Test
    @Order(1)
    void flinkRunSubmitsBothJobsAndTheyAnswer() throws IOException {
        String ingest = submitted(readme("flink run -d -c " + INGEST));
        query = submitted(readme("flink run -d -c " + QUERY));
        flink.awaitRunning(ingest, PATIENCE);
        flink.awaitRunning(query, PATIENCE);

        publish("The planet Zorblax has seven moons.");
        assertThat(tarn("ask", QUESTION)).contains("seven moons");
        savepoint = stopped(ingest);
    }

    @Test
    @Order(2)
    void flinkRunGoesOnFromTheSavepointOfFlinkStop() throws IOException {
        String arguments = readme("flink run -d -c " + INGEST).replaceFirst(".*tarn-jobs.jar ", "");
        String ingest = submitted(
                readme("flink run -d -s PATH").replace("PATH", savepoint).replace("--kafka …", arguments));
        flink.awaitRunning(ingest, PATIENCE);

        publish("The planet Zorblax has nine moons.");
        assertThat(tarn("ask", QUESTION)).contains("nine moons");
        savepoint = stopped(ingest);
        stopped(query);
    }

    @Test
    @Order(3)
    void standaloneJobRunsAJobInApplicationMode() throws IOException {
        distribution.run("stop-cluster.sh");
        await().atMost(PATIENCE).until(() -> distribution.servers().isEmpty());
        distribution.run(
                readme("standalone-job.sh start").replace(" --kafka ", " --fromSavepoint " + savepoint + " --kafka "));
        distribution.run(readme("taskmanager.sh start"));
        await().atMost(PATIENCE).until(() -> Probe.httpAnswers(distribution.rest()));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> !flink.list().isEmpty());
        flink.awaitRunning(flink.list().get(0).id(), PATIENCE);

        publish("The planet Zorblax has eleven moons.");
        assertThat(tarn("verify", "--redis", stack.endpoints().redis().toString()))
                .contains("the index equals the topic");

        distribution.run("taskmanager.sh stop-all");
        distribution.run("standalone-job.sh stop");
        await().atMost(PATIENCE).until(() -> distribution.servers().isEmpty());
    }

    /** The command of the README that begins so, on one line, with the addresses of this stack. */
    private static String readme(String beginning) throws IOException {
        String all = Files.readString(Path.of(System.getProperty("tarn.home"), "README.md"))
                .replaceAll("\\\\\\R\\s*", "");
        String command = all.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(beginning))
                .collect(Collectors.joining("\n"));
        assertThat(command).as("one command of the README").contains(beginning).doesNotContain("\n");
        return command.replaceFirst("\\s+#.*", "")
                .replace("kafka:9092", stack.endpoints().kafka())
                .replace("redis://redis:6379", stack.endpoints().redis().toString())
                .replace("http://ollama:11434", ollama.uri().toString());
    }

    private static String submitted(String command) throws IOException {
        return found("JobID ([0-9a-f]{32})", distribution.run(command));
    }

    /** Stops a job as the README does, and returns its savepoint. */
    private static String stopped(String job) throws IOException {
        String printed = distribution.run(readme("flink stop")
                .replace("s3://bucket/savepoints", root.resolve("savepoints").toString())
                .replace("JOB_ID", job));
        assertThat(flink.list())
                .filteredOn(listed -> listed.id().equals(job))
                .extracting(Job::state)
                .containsExactly("FINISHED");
        return found("Savepoint completed. Path: (\\S+)", printed);
    }

    private static void publish(String text) throws IOException {
        Path note = Files.writeString(root.resolve("zorblax.md"), text);
        assertThat(tarn("publish", note.toString(), "--wait")).contains("1 indexed, 0 dead letters");
    }

    private static String tarn(String... command) {
        StringWriter printed = new StringWriter();
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--kafka", stack.endpoints().kafka()));
        int exitCode = Tarn.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute(all.toArray(String[]::new));
        assertThat(exitCode).as(printed.toString()).isZero();
        return printed.toString();
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
