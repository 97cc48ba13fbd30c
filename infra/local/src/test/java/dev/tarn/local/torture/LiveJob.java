package dev.tarn.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.Job;
import dev.tarn.local.stack.JobRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A job that is stopped and submitted again, over Flink's REST API. */
final class LiveJob {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final FlinkJobs flink;
    private final String entryClass;
    private String id;

    LiveJob(FlinkJobs flink, String entryClass) {
        this.flink = flink;
        this.entryClass = entryClass;
    }

    String entryClass() {
        return entryClass;
    }

    String id() {
        return id;
    }

    /** The job was submitted in another way. Returns when it runs. */
    void follow(String submitted) {
        id = submitted;
        flink.awaitRunning(id, LIMIT);
    }

    /**
     * Submits the job, and returns when it runs.
     *
     * @param savepoint to start from; null starts afresh
     */
    void submit(Path jar, List<String> arguments, int parallelism, String savepoint) {
        String uploaded = flink.upload(jar);
        follow(flink.run(uploaded, new JobRun(entryClass, arguments, parallelism, savepoint)));
        flink.deleteJar(uploaded);
    }

    /** Stops the job, which ends within the limit whatever the servers do that it calls, and returns its savepoint. */
    String stop() {
        String savepoint = flink.stopWithSavepoint(id, LIMIT);
        assertThat(state()).isEqualTo("FINISHED");
        return savepoint;
    }

    /** Lets the job end what it has read. */
    void drain() {
        flink.drain(id, LIMIT);
        assertThat(state()).isEqualTo("FINISHED");
    }

    /** Cancels the job, which ends within the limit whatever the servers do that it calls. */
    void cancel() {
        flink.cancel(id, LIMIT);
        assertThat(state()).isEqualTo("CANCELED");
    }

    /** Waits until so many more are complete. */
    void awaitCheckpoints(int count) {
        int before = flink.completedCheckpoints(id);
        Wait.until(LIMIT, "checkpoints complete", () -> flink.completedCheckpoints(id) >= before + count);
    }

    /** In Flink's words. */
    String state() {
        return flink.list().stream()
                .filter(job -> job.id().equals(id))
                .map(Job::state)
                .findFirst()
                .orElse("unknown");
    }
}
