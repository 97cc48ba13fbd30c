package dev.tarn.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.failure.Backoff;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.TransientFailure;
import dev.tarn.jobs.testing.Checkpoints;
import dev.tarn.jobs.testing.Collected;
import dev.tarn.jobs.testing.Feed;
import dev.tarn.jobs.testing.Flinks;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.apache.flink.testutils.junit.SharedReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real job of one or two stages with more records than they may have under way, while what they call is away. */
class AsyncStageCheckpointTest {
    private static final int RECORDS = 60;
    private static final int IN_FLIGHT = 6;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Flinks.cluster();

    @RegisterExtension
    final SharedObjectsExtension shared = SharedObjectsExtension.create();

    @TempDir
    Path folder;

    private MiniCluster cluster;
    private Feed feed;
    private Collected<SourceRecord> done;
    private SharedReference<Server> server;

    @BeforeEach
    void prepare(@InjectMiniCluster MiniCluster flink) {
        cluster = flink;
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(Records.record(i, "key", "value"));
        }
        feed = Feed.of(shared, records);
        done = Collected.in(shared);
        server = shared.add(new Server());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void checkpointsGoOnCompletingWhileFullStagesWaitOutAnOutage(int stages) throws Exception {
        JobClient job = start(stages, Checkpoints.often());
        awaitOutageOf(stages);

        new Checkpoints(cluster, job).awaitMore(5);
        assertThat(done.all()).isEmpty();
        assertThat(feed.passed()).isLessThanOrEqualTo(stages * IN_FLIGHT + 1);

        server.get().comeBack();
        job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
        requireEachOnce();
    }

    @Test
    void checkpointsCompleteWhileAFullStageCannotEvenBeOpened() throws Exception {
        server.get().opens = false;
        JobClient job = start(1, Checkpoints.often());
        await().atMost(LIMIT).until(() -> feed.passed() >= IN_FLIGHT);

        new Checkpoints(cluster, job).awaitMore(5);

        server.get().comeBack();
        job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
        requireEachOnce();
    }

    /** As nothing left the stages since the last checkpoint, nothing comes twice either. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aJobThatFailsWhileItsStagesAreFullGoesOnFromACheckpointTakenThenAndLosesNothing(int stages) throws Exception {
        JobClient job = start(stages, restarting());
        awaitOutageOf(stages);
        new Checkpoints(cluster, job).awaitMore(3);

        int opened = server.get().opened.get();
        server.get().failsOnce = true;
        await().atMost(LIMIT).until(() -> server.get().opened.get() >= opened + stages);
        new Checkpoints(cluster, job).awaitMore(1);

        server.get().comeBack();
        job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
        requireEachOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aJobWithFullStagesIsStoppedWithASavepointAndGoesOnFromIt(int stages) throws Exception {
        JobClient job = start(stages, Checkpoints.often());
        awaitOutageOf(stages);

        String savepoint = job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(30, TimeUnit.SECONDS);
        await().atMost(LIMIT).until(() -> job.getJobStatus().get() == JobStatus.FINISHED);
        assertThat(done.all()).isEmpty();

        server.get().comeBack();
        start(stages, new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint))
                .getJobExecutionResult()
                .get(30, TimeUnit.SECONDS);
        requireEachOnce();
    }

    @Test
    void aJobWithAFullStageIsCanceledAtOnce() throws Exception {
        JobClient job = start(1, Checkpoints.often());
        awaitOutageOf(1);

        job.cancel().get();

        await().atMost(Duration.ofSeconds(10)).until(() -> job.getJobStatus().get() == JobStatus.CANCELED);
        assertThat(done.all()).isEmpty();
    }

    @Test
    void aMisconfigurationFailsAJobWithAFullStageWithItsMessage() throws Exception {
        JobClient job = start(1, new Configuration());
        awaitOutageOf(1);

        server.get().failsOnce = true;

        assertThatThrownBy(() -> job.getJobExecutionResult().get(30, TimeUnit.SECONDS))
                .hasRootCauseMessage("run: ollama pull all-minilm");
    }

    private static Configuration restarting() {
        return Checkpoints.often()
                .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10)
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    }

    private JobClient start(int stages, Configuration configuration) throws Exception {
        StreamExecutionEnvironment flink = Flinks.environment(1);
        flink.configure(configuration);
        StageSettings settings =
                new StageSettings(3, IN_FLIGHT, new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)));
        SharedReference<Server> calls = server;
        DataStream<SourceRecord> stream = feed.into(flink);
        for (int i = 1; i <= stages; i++) {
            int number = i;
            stream = Stages.async(
                    stream,
                    "stage-" + number,
                    (metrics, clients) -> calls.get().open(number),
                    settings,
                    Recovery.FROM_STATE,
                    SourceRecord.class);
        }
        stream.sinkTo(done);
        return flink.executeAsync();
    }

    /**
     * Fills the first stage, and moves what it had to the second, behind which it fills again but for one place. One
     * element at a time: of several at once the second stage could be full before the task takes another record.
     */
    private void awaitOutageOf(int stages) {
        awaitRefused(1, IN_FLIGHT);
        if (stages == 2) {
            for (int passed = 1; passed <= IN_FLIGHT; passed++) {
                server.get().passed = passed;
                awaitRefused(2, passed);
                awaitRefused(1, IN_FLIGHT + Math.min(passed, IN_FLIGHT - 1));
            }
        }
    }

    private void awaitRefused(int stage, int elements) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> server.get().refused(stage) >= elements);
    }

    private void requireEachOnce() {
        assertThat(done.all())
                .extracting(record -> record.position().offset())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS).mapToObj(Long::valueOf).toList());
    }

    /** What the stages call: away, but for so many elements of the first stage. */
    private static final class Server {
        private final Set<String> refused = ConcurrentHashMap.newKeySet();
        private final AtomicInteger opened = new AtomicInteger();
        private volatile int passed;
        private volatile boolean away = true;
        private volatile boolean opens = true;
        private volatile boolean failsOnce;

        Worker<SourceRecord, SourceRecord> open(int stage) {
            if (!opens) {
                throw new TransientFailure("the server can't be opened", null);
            }
            opened.incrementAndGet();
            return record -> serve(record, stage);
        }

        private SourceRecord serve(SourceRecord record, int stage) {
            synchronized (this) {
                if (failsOnce) {
                    failsOnce = false;
                    throw new Misconfiguration("run: ollama pull all-minilm");
                }
            }
            long offset = record.position().offset();
            if (away && !(stage == 1 && offset < passed)) {
                refused.add(stage + "/" + offset);
                throw new TransientFailure("the server is away", null);
            }
            return record;
        }

        /** How many different elements a stage was refused. */
        long refused(int stage) {
            return refused.stream().filter(call -> call.startsWith(stage + "/")).count();
        }

        void comeBack() {
            opens = true;
            away = false;
        }
    }
}
