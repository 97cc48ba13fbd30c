package dev.tarn.local.torture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.json.Json;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.question.Answer;
import dev.tarn.question.Answer.Status;
import dev.tarn.question.Filter;
import dev.tarn.question.Question;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints of releases, which today's code must read: of an ingest job that had read documents, and of a query job with
 * questions under way, one with a filter among them, and one that the chat model has. Those of a release are never made
 * again; those of a snapshot may be, where the folder is deleted first, by
 *
 * <pre>
 * mvn verify -pl infra/local -am -Dsurefire.failIfNoSpecifiedTests=false -Dtarn.release=VERSION \
 *   '-Dtest=JobLifeTest$FromReleasedSavepoints#writeThoseOfThisRelease'
 * </pre>
 */
abstract class ReleasedSavepoints {
    private static final Path ALL = Testbeds.HOME.resolve("infra/local/src/test/resources/savepoints");
    private static final String METADATA = "_metadata";

    /** Asked before the upgrade. The workload has no document that passes the filter. */
    private static final Question IN_CHAT = question("in-the-chat-model", "{}");

    private static final Question IN_EMBEDDING = question("in-the-embedding-model", "{}");
    private static final Question FILTERED =
            question("with-a-filter", "{\"mood\": {\"min\": -1}, \"$not\": {\"shore\": [\"north\", \"south\"]}}");

    private static final Map<String, Status> ANSWERS =
            Map.of(IN_CHAT.id(), Status.ANSWERED, IN_EMBEDDING.id(), Status.ANSWERED, FILTERED.id(), Status.NO_ANSWER);

    private static final Duration POLL = Duration.ofMillis(200);

    private final LiveCluster.Running cluster;
    private final LiveJob query;

    ReleasedSavepoints(LiveCluster.Running cluster) {
        this.cluster = cluster;
        query = cluster.query();
    }

    static List<String> releases() throws IOException {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @AfterEach
    void bringBack() {
        cluster.bringBack();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void theIngestJobGoesOnFromIt(String release) {
        cluster.startWorkload();
        cluster.ingest().stop();
        cluster.ingest().submit(Testbeds.JAR, cluster.bed().arguments(), 2, savepoint(release, "ingest"));
        cluster.requireEqual("from the savepoint of " + release);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void theQueryJobAnswersWhatWasUnderWay(String release) {
        try (TopicReader reader =
                TopicReader.fromNow(cluster.kafka().settings(), List.of(cluster.kafka().answersTopic))) {
            query.submit(Testbeds.JAR, cluster.queryArguments(), 1, savepoint(release, "query"));
            Map<String, Status> answers = new HashMap<>();
            Wait.until(LiveJob.LIMIT, "the questions are answered", () -> {
                reader.poll(POLL).stream()
                        .map(record -> Json.read(record.value(), Answer.class))
                        .forEach(answer -> answers.put(answer.id(), answer.status()));
                return answers.keySet().containsAll(ANSWERS.keySet());
            });
            assertThat(answers).containsAllEntriesOf(ANSWERS);
        }
        query.cancel();
    }

    @Test
    @EnabledIfSystemProperty(named = "tarn.release", matches = ".+")
    void writeThoseOfThisRelease() throws IOException {
        String release = System.getProperty("tarn.release");
        cluster.bed().workload().burst(50);
        cluster.requireEqual("before the savepoint");
        keep(cluster.ingest().stop(), release, "ingest");
        query.submit(Testbeds.JAR, cluster.queryArguments(), 1, null);
        cluster.chat().hang();
        ask(IN_CHAT);
        Wait.until(
                LiveJob.LIMIT, "the chat model is called", () -> cluster.chat().taken() > 0);
        cluster.bed().model().begin(ModelFault.HANGING);
        ask(IN_EMBEDDING);
        ask(FILTERED);
        Wait.until(
                LiveJob.LIMIT,
                "the embedding model is called for both",
                () -> cluster.bed().model().failed() > 1);
        keep(query.stop(), release, "query");
    }

    private void ask(Question question) {
        try (Publisher publisher = new Publisher(cluster.kafka().settings())) {
            publisher.send(cluster.kafka().questionsTopic, question.id(), Json.write(question), sent -> {});
            publisher.flush();
        }
    }

    private static Question question(String id, String filter) {
        return new Question(
                id, "Which lake is it?", "default", 2, Json.read(filter.getBytes(UTF_8), Filter.class), -1.0);
    }

    /** A small state is all in the metadata, which name no file then. */
    private static void keep(String savepoint, String release, String job) throws IOException {
        Path made = Path.of(URI.create(savepoint));
        try (Stream<Path> files = Files.list(made)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly(METADATA);
        }
        Path kept = Files.createDirectories(ALL.resolve(release).resolve(job));
        Files.copy(made.resolve(METADATA), kept.resolve(METADATA));
    }

    private static String savepoint(String release, String job) {
        return ALL.resolve(release).resolve(job).toUri().toString();
    }
}
