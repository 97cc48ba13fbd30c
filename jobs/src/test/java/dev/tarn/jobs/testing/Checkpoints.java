package dev.tarn.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** The checkpoints of a job. */
public record Checkpoints(MiniCluster cluster, JobClient job) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Settings that take a checkpoint every few milliseconds. */
    public static Configuration often() {
        return new Configuration().set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    }

    /** Waits until this many checkpoints more have begun and completed than had when this was called. */
    public void awaitMore(long more) {
        long before = completed();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(completed()).isGreaterThan(before + more));
    }

    private long completed() {
        try {
            return cluster.getExecutionGraph(job.getJobID())
                    .get()
                    .getCheckpointStatsSnapshot()
                    .getCounts()
                    .getNumberOfCompletedCheckpoints();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
