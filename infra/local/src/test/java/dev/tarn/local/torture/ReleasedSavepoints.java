package dev.tarn.local.torture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.TopicReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints of releases, which today's code must read: of an ingest job that had read documents, and of a query job with a
 * question under way. Those of a release are made by
 *
 * <pre>
 * mvn verify -pl infra/local -am -Dsurefire.failIfNoSpecifiedTests=false -Dtarn.release=VERSION \
 *   '-Dtest=JobLifeTest$FromReleasedSavepoints#writeThoseOfThisRelease'
 * </pre>
 */
abstract class ReleasedSavepoints {
    private static final Path ALL = Testbeds.HOME.resolve("infra/local/src/test/resources/savepoints");
    private static final String METADATA = "_metadata";
    private static final String QUESTION = "asked-before-the-upgrade";
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
        query.submit(Testbeds.JAR, cluster.queryArguments(), 1, savepoint(release, "query"));
        Wait.until(LiveJob.LIMIT, "the question is answered", this::isAnswered);
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
        cluster.bed().model().begin(ModelFault.HANGING);
        try (Publisher publisher = new Publisher(cluster.kafka().settings())) {
            byte[] question = ("{\"question\": \"Is anybody there?\", \"collection\": \"nobody\", \"id\": \"" + QUESTION
                            + "\"}")
                    .getBytes(UTF_8);
            publisher.send(cluster.kafka().questionsTopic, QUESTION, question, sent -> {});
            publisher.flush();
        }
        Wait.until(
                LiveJob.LIMIT,
                "the question is under way",
                () -> cluster.bed().model().failed() > 0);
        keep(query.stop(), release, "query");
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

    private boolean isAnswered() {
        try (TopicReader answers =
                TopicReader.fromBeginning(cluster.kafka().settings(), List.of(cluster.kafka().answersTopic))) {
            while (!answers.caughtUp()) {
                for (ConsumerRecord<byte[], byte[]> answer : answers.poll(POLL)) {
                    if (QUESTION.equals(new String(answer.key(), UTF_8))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
