package dev.tarn.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.index.IndexEvent;
import dev.tarn.index.Receipt;
import dev.tarn.jobs.testing.Checkpoints;
import dev.tarn.jobs.testing.Collected;
import dev.tarn.jobs.testing.Feed;
import dev.tarn.jobs.testing.Flinks;
import dev.tarn.jobs.testing.Servers;
import dev.tarn.question.Passage;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.FakeOllama;
import dev.tarn.testing.FakeOllama.Endpoint;
import dev.tarn.testing.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The ingest job while something that it needs is away. */
class IngestOutageTest {
    private static final int RECORDS = 40;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Flinks.cluster();

    @RegisterExtension
    final SharedObjectsExtension shared = SharedObjectsExtension.create();

    @TempDir
    Path folder;

    private static Servers servers;

    private MiniCluster cluster;
    private Feed feed;
    private Collected<IndexEvent> events;
    private Collected<DeadLetter> deadLetters;

    @BeforeAll
    static void start() {
        servers = new Servers();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @BeforeEach
    void reset(@InjectMiniCluster MiniCluster flink) {
        cluster = flink;
        servers.reset();
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(IngestFixtures.document(i, "d" + i, "Document number " + i));
        }
        feed = Feed.held(shared, records);
        events = Collected.in(shared);
        deadLetters = Collected.in(shared);
    }

    @Test
    void anOutageOfTheModelServerHoldsUpNoCheckpointAndLosesNoDocument() throws Exception {
        JobClient job = start(Checkpoints.often());
        feed.release(10);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(receipts()).hasSize(10));

        servers.ollama().fail(Endpoint.EMBED, Fault.Status.BUSY);
        servers.ollama().calls().reset();
        feed.release();
        await().atMost(LIMIT).until(() -> servers.ollama().calls().count(Endpoint.EMBED) > 20);
        new Checkpoints(cluster, job).awaitMore(3);
        servers.ollama().stop();
        servers.ollama().recover();
        servers.ollama().restart();

        requireAllArrive(job);
    }

    @Test
    void anOutageOfRedisHoldsUpNoCheckpointAndLosesNoDocument() throws Exception {
        JobClient job = start(Checkpoints.often());
        feed.release(10);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(receipts()).hasSize(10));

        servers.redis().stop();
        feed.release();
        await().atMost(LIMIT).until(() -> feed.passed() > 15);
        new Checkpoints(cluster, job).awaitMore(3);
        servers.redis().restart();

        requireAllArrive(job);
    }

    @Test
    void aJobThatStartsDuringAnOutageWaitsForItsEndWhileCheckpointsComplete() throws Exception {
        servers.ollama().fail(Endpoint.TAGS, Fault.Status.BUSY);
        servers.redis().stop();
        feed.release();
        JobClient job = start(Checkpoints.often());
        await().atMost(LIMIT).until(() -> servers.ollama().calls().count(Endpoint.TAGS) > 3);
        new Checkpoints(cluster, job).awaitMore(3);
        servers.ollama().recover();
        await().atMost(LIMIT).until(() -> servers.ollama().calls().count(Endpoint.EMBED) > 0);
        servers.redis().restart();

        requireAllArrive(job);
    }

    @Test
    void aJobThatWaitsForTheEndOfAnOutageCanBeCanceled() throws Exception {
        servers.ollama().fail(Endpoint.TAGS, Fault.Status.BUSY);
        JobClient job = start(new Configuration());
        await().atMost(LIMIT).until(() -> servers.ollama().calls().count(Endpoint.TAGS) > 3);

        job.cancel().get();

        await().atMost(Duration.ofSeconds(10)).until(() -> job.getJobStatus().get() == JobStatus.CANCELED);
    }

    /** A thread that stays keeps the class loader of its job, and with each job that is submitted the cluster grows. */
    @Test
    void aJobThatIsCanceledWhileCallsHangLeavesNoThreadBehind() throws Exception {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        JobClient job = start(new Configuration());
        feed.release(1);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(receipts()).hasSize(1));
        servers.ollama().fail(Endpoint.EMBED, Fault.Delay.UNTIL_CLEARED);
        feed.release(20);
        await().atMost(LIMIT).until(() -> servers.ollama().calls().running(Endpoint.EMBED) > 0);

        job.cancel().get();

        await().atMost(Duration.ofSeconds(10)).until(() -> job.getJobStatus().get() == JobStatus.CANCELED);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            System.gc(); // the JDK's client ends its thread when it is collected
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !others.contains(thread))
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("tarn-")
                            || name.startsWith("ollama-http")
                            || name.startsWith("HttpClient-"));
        });
    }

    @Test
    void aJobStoppedWithASavepointWhileCallsHangGoesOnFromItAndLosesNoDocument() throws Exception {
        JobClient job = start(new Configuration());
        feed.release(10);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(receipts()).hasSize(10));
        servers.ollama().fail(Endpoint.EMBED, Fault.Delay.UNTIL_CLEARED);
        feed.release(6);
        await().atMost(LIMIT).until(() -> servers.ollama().calls().running(Endpoint.EMBED) > 0);

        String savepoint = job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(30, TimeUnit.SECONDS);
        await().atMost(LIMIT).until(() -> job.getJobStatus().get() == JobStatus.FINISHED);
        assertThat(receipts()).hasSize(10);

        servers.ollama().recover();
        feed.release();
        requireAllArrive(start(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint)));
    }

    @Test
    void aModelThatIsTakenAwayFailsTheJobWhichThenGoesOnFromItsCheckpointAndLosesNoDocument() throws Exception {
        JobClient job = start(Checkpoints.often()
                .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE)
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50)));
        feed.release(10);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(receipts()).hasSize(10));

        servers.ollama().remove(FakeOllama.EMBEDDING_MODEL);
        servers.ollama().calls().reset();
        feed.release();
        await().atMost(LIMIT).until(() -> servers.ollama().calls().count(Endpoint.TAGS) > 2);
        servers.ollama().pull(FakeOllama.EMBEDDING_MODEL);

        requireAllArrive(job);
    }

    private JobClient start(Configuration configuration) throws Exception {
        StreamExecutionEnvironment flink = Flinks.environment(1);
        flink.configure(configuration);
        IngestJob.build(feed.againInto(flink), IngestFixtures.settings(servers), events, deadLetters);
        return flink.executeAsync();
    }

    private void requireAllArrive(JobClient job) throws Exception {
        job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
        assertThat(deadLetters.all()).isEmpty();
        assertThat(receipts().stream().map(Receipt::documentId).distinct()).hasSize(RECORDS);
        assertThat(servers.find("Document number 1"))
                .extracting(Passage::documentId)
                .hasSize(RECORDS);
    }

    private List<Receipt> receipts() {
        return events.all().stream().map(IndexEvent::receipt).toList();
    }
}
