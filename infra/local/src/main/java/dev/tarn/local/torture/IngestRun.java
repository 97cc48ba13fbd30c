package dev.tarn.local.torture;

import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.JobRun;
import dev.tarn.local.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ingest job on a cluster without high availability: when the JobManager has forgotten it, it is submitted again, from
 * its latest retained checkpoint, as an operator would.
 */
final class IngestRun {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ENTRY_CLASS = "dev.tarn.jobs.ingest.IngestJob";
    private static final String CHECKPOINT = "chk-";
    private static final int ATTEMPTS = 20;

    private final FlinkJobs flink;
    private final Path jar;
    private final Path checkpoints;
    private final List<String> arguments;
    private final int parallelism;
    private String job;
    private String start;
    private int completed;
    private int completedByEarlierJobs;

    /** @param checkpoints the folder in which the cluster keeps those of all jobs */
    IngestRun(URI flink, Path jar, Path checkpoints, List<String> arguments, int parallelism) {
        this.flink = new FlinkJobs(flink);
        this.jar = jar;
        this.checkpoints = checkpoints;
        this.arguments = arguments;
        this.parallelism = parallelism;
    }

    /** Submits the job and returns when it has been accepted; a JobManager whose other parts are still away is asked again. */
    synchronized void submit() {
        completedByEarlierJobs += completed;
        completed = 0;
        start = job == null ? null : latestCheckpoint().orElse(start);
        for (int attempt = 1; ; attempt++) {
            try {
                String uploaded = flink.upload(jar);
                job = flink.run(uploaded, new JobRun(ENTRY_CLASS, arguments, parallelism, start));
                return;
            } catch (StackException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                Wait.pause(Duration.ofMillis(500));
            }
        }
    }

    /** Returns when every task runs. */
    void awaitRunning() {
        Wait.until(LIMIT, "the ingest job runs", this::runs);
    }

    /** The id of the job as it was submitted last. */
    synchronized String job() {
        return job;
    }

    boolean runs() {
        try {
            return flink.runs(job);
        } catch (StackException notNow) {
            return false;
        }
    }

    /** Checkpoints that were completed so far; those of a job that died count as far as they were asked for in time. */
    synchronized int completedCheckpoints() {
        try {
            completed = flink.completedCheckpoints(job);
        } catch (StackException notNow) {
            // As many as before, then.
        }
        return completedByEarlierJobs + completed;
    }

    /**
     * Returns when so many more checkpoints are completed.
     *
     * @throws IllegalStateException with how the job is, when the limit passes first
     */
    void awaitCheckpoints(int more, Duration limit) {
        int wanted = completedCheckpoints() + more;
        try {
            Wait.until(limit, more + " more checkpoints are completed", () -> completedCheckpoints() >= wanted);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + ": " + describe(), e);
        }
    }

    /** How the job is, in a line. */
    synchronized String describe() {
        try {
            return flink.describe(job);
        } catch (StackException e) {
            return e.getMessage();
        }
    }

    private Optional<String> latestCheckpoint() {
        Path folder = checkpoints.resolve(job);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> Files.exists(each.resolve("_metadata")))
                    .max(Comparator.comparingLong(IngestRun::number))
                    .map(each -> "file://" + each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring(CHECKPOINT.length()));
    }
}
