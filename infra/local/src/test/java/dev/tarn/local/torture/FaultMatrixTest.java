package dev.tarn.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * The index equals its topic again after each of these faults, and no reader saw half a document or an older one. Real
 * processes, one stack for all rows; documents change all the while.
 */
class FaultMatrixTest {
    private static final int CHANGES_PER_SECOND = 30;
    private static final int TASKMANAGER_KILLS = 20;
    private static final int KILLS_UNTIL_RECOVERY = 4;
    private static final Duration BEFORE = Duration.ofMillis(500);
    private static final Duration OUTAGE = Duration.ofSeconds(2);
    private static final int CHECKPOINTS_IN_OUTAGE = 2;
    private static final Duration ALL_AT_ONCE = Duration.ofSeconds(20);
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final long SEED = Long.getLong("tarn.seed", System.nanoTime());

    /** The logs of all parts are in it, which stay if a row fails. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path data;

    private static Testbed bed;

    @BeforeAll
    static void start() {
        System.out.println("fault matrix, seed " + SEED + ", in " + data);
        bed = Testbeds.start(data, SEED);
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            bed.close();
        }
    }

    /** A row that failed half-way must not fail those after it. */
    @AfterEach
    void stopWorkload() {
        bed.model().end();
        bed.workload().stop();
    }

    @Test
    void afterATaskManagerWasKilledAgainAndAgain() {
        bed.workload().start(CHANGES_PER_SECOND);
        for (int kill = 0; kill < TASKMANAGER_KILLS; kill++) {
            strike(Fault.TASKMANAGER_KILLED, Duration.ZERO);
            if (kill % KILLS_UNTIL_RECOVERY == 0) {
                awaitCheckpoint();
            }
            Testbeds.randomPause(SEED + kill, Duration.ofSeconds(1));
        }
        end(Fault.TASKMANAGER_KILLED);
    }

    @Test
    void afterAKilledJobManager() {
        row(Fault.JOBMANAGER_KILLED);
    }

    @Test
    void afterAKilledBroker() {
        row(Fault.BROKER_KILLED);
    }

    @Test
    void afterPartitionsWereAdded() {
        int before = bed.topics().partitions(Testbed.DOCUMENTS);
        row(Fault.PARTITIONS_ADDED);
        assertThat(bed.topics().end(Testbed.DOCUMENTS, before)).isPositive();
    }

    /** What only the topic before it had stays, for an operator to decide on; a partition may come back as well. */
    @Test
    void afterATopicThatWasCreatedAgain() {
        bed.workload().start(CHANGES_PER_SECOND);
        strike(Fault.TOPIC_CREATED_AGAIN, OUTAGE);
        awaitCheckpoint();
        strike(Fault.PARTITIONS_ADDED, OUTAGE);
        bed.workload().stop();
        Commands.Result verified = bed.verify();
        assertThat(verified.exitCode()).as(verified.output()).isNotZero();
        assertThat(verified.output().lines())
                .noneMatch(line -> line.matches("(missing|stale|damaged|pending|orphan|dead-letter) .*"));
        Commands.Result repaired = bed.repair();
        assertThat(repaired.exitCode()).as(repaired.output()).isZero();
        end(Fault.TOPIC_CREATED_AGAIN);
    }

    @Test
    void afterAKilledRedis() {
        row(Fault.REDIS_KILLED);
    }

    @Test
    void afterAFlushedRedis() {
        row(Fault.REDIS_FLUSHED);
    }

    @Test
    void afterAFailoverToAReplicaThatLagged() {
        row(Fault.REDIS_FAILED_OVER);
    }

    @Test
    void afterARestoreOfAnOldDump() {
        row(Fault.REDIS_RESTORED);
    }

    @Test
    void afterARedisThatWasLoading() {
        row(Fault.REDIS_LOADING);
    }

    @Test
    void afterARedisThatWasReadOnly() {
        row(Fault.REDIS_READ_ONLY);
    }

    @Test
    void afterARedisThatWasOutOfMemory() {
        row(Fault.REDIS_OUT_OF_MEMORY);
    }

    @Test
    void afterAModelServerThatRefused() {
        row(Fault.MODEL_REFUSING);
    }

    @Test
    void afterAModelServerThatAnswered500() {
        row(Fault.MODEL_ERROR);
    }

    @Test
    void afterAModelServerThatAnswered503() {
        row(Fault.MODEL_BUSY);
    }

    @Test
    void afterAModelServerThatWasSlowerThanTheTimeout() {
        row(Fault.MODEL_SLOW);
    }

    @Test
    void afterAModelServerThatWasCutOffInMidReply() {
        row(Fault.MODEL_CUT_OFF);
    }

    @Test
    void afterAModelServerThatWasShortOfVectors() {
        row(Fault.MODEL_SHORT_OF_VECTORS);
    }

    @Test
    void afterAModelThatComputedNoNumbers() {
        row(Fault.MODEL_NOT_A_NUMBER);
    }

    @Test
    void afterAModelWithAnotherDimension() {
        row(Fault.MODEL_WRONG_DIMENSION);
    }

    @Test
    void afterAModelThatWasNotPulled() {
        row(Fault.MODEL_NOT_PULLED);
    }

    @Test
    void afterAllOfThemAtOnce() {
        TortureReport report = new TortureRun(bed, SEED, System.out::println).run(ALL_AT_ONCE);

        assertThat(report.findings()).isEmpty();
        assertThat(report.struck()).isPositive();
    }

    @Test
    void theIndependentCheckSeesWhatIsAmiss() {
        bed.workload().burst(50);
        assertThat(bed.settle(RECOVERY, false)).isEmpty();
        bed.watcher().forgetDuring(FaultMatrixTest::damageAndLook); // it would report the damage in another row
        assertThat(bed.settle(Duration.ZERO, false)).isEmpty();
    }

    private static void damageAndLook() {
        try (Jedis redis = new Jedis(bed.redis().uri())) {
            String payload = anyKey(redis, "tarn:{*}:chunk:*");
            String vectors = anyKey(redis, "tarn:vectors:*");
            String manifest = anyManifest(redis);

            assertThat(without(redis, payload)).anyMatch(line -> line.contains("has no payload"));
            assertThat(without(redis, vectors)).anyMatch(line -> line.contains("has no vector"));
            assertThat(without(redis, manifest))
                    .anyMatch(line -> line.contains("is missing"))
                    .anyMatch(line -> line.startsWith("the payload"))
                    .anyMatch(line -> line.startsWith("the vector"));

            String document = redis.hget(manifest, "document");
            redis.hset(manifest, "document", document.replace("#", "#1"));
            assertThat(bed.settle(Duration.ZERO, false))
                    .singleElement()
                    .asString()
                    .contains(" is version ");
            redis.hset(manifest, "document", document);
        }
    }

    /** What is found while this key is not there. */
    private static List<String> without(Jedis redis, String key) {
        redis.rename(key, "elsewhere");
        List<String> found = bed.settle(Duration.ZERO, false);
        redis.rename("elsewhere", key);
        return found;
    }

    private static String anyKey(Jedis redis, String pattern) {
        return redis.keys(pattern).stream().sorted().findFirst().orElseThrow();
    }

    private static String anyManifest(Jedis redis) {
        return redis.keys("tarn:{*}:manifest").stream()
                .filter(key -> !redis.hget(key, "document").isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static void awaitCheckpoint() {
        bed.ingest().awaitCheckpoints(1, RECOVERY);
    }

    private static void row(Fault fault) {
        bed.workload().start(CHANGES_PER_SECOND);
        long deadLetters = bed.topics().deadLetters();
        strike(fault, OUTAGE);
        end(fault);
        if (fault.leavesDeadLetters()) {
            assertThat(bed.topics().deadLetters()).as("%s: dead letters", fault).isGreaterThan(deadLetters);
        } else {
            assertThat(bed.topics().deadLetters()).as("%s: dead letters", fault).isEqualTo(deadLetters);
        }
    }

    private static void strike(Fault fault, Duration outage) {
        Wait.pause(BEFORE);
        fault.begin(bed);
        if (fault.isOutage()) {
            bed.ingest().awaitCheckpoints(CHECKPOINTS_IN_OUTAGE, RECOVERY);
        } else {
            Wait.pause(outage);
        }
        fault.end(bed);
    }

    private static void end(Fault fault) {
        Wait.pause(BEFORE);
        bed.workload().stop();
        assertThat(bed.settle(RECOVERY, fault.leavesDeadLetters()))
                .as("%s: what differs between the topic and the index", fault)
                .isEmpty();
        assertThat(bed.watcher().takeViolations())
                .as("%s: what readers saw", fault)
                .isEmpty();
        Commands.Result verified = bed.verify();
        assertThat(verified.exitCode())
                .as("%s: tarn verify: %s", fault, verified.output())
                .isZero();
    }
}
