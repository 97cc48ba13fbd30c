package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FlinkJobsOnACluster {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final FlinkJobs jobs;
    private String jar;

    FlinkJobsOnACluster(WholeStack.Running stack) {
        this.jobs = new FlinkJobs(stack.endpoints().flink());
    }

    @BeforeAll
    void upload(@TempDir Path temp) throws IOException {
        jar = jobs.upload(SmallJob.jar(temp));
    }

    @AfterEach
    void leaveNoJobBehind() {
        jobs.list().stream().filter(job -> !job.ended()).forEach(job -> jobs.cancel(job.id(), LIMIT));
    }

    @AfterAll
    void deleteJar() {
        jobs.deleteJar(jar);
    }

    @Test
    void aJobRunsInEverySubtaskUntilItIsCancelled() {
        String job = jobs.run(jar, new JobRun(SmallJob.ENTRY_CLASS, List.of("no place"), 2, null));
        jobs.awaitRunning(job, LIMIT);
        assertThat(jobs.list()).contains(new Job(job, "row no place", "RUNNING"));

        jobs.cancel(job, LIMIT);

        assertThat(jobs.list()).contains(new Job(job, "row no place", "CANCELED"));
    }

    @Test
    void aJobContinuesFromTheSavepointThatItStoppedWith() {
        String first = run("no place");
        jobs.awaitRunning(first, LIMIT);

        String savepoint = jobs.stopWithSavepoint(first, LIMIT);
        String second = jobs.run(jar, new JobRun(SmallJob.ENTRY_CLASS, List.of("no place"), 1, savepoint));

        jobs.awaitRunning(second, LIMIT);
        assertThat(jobs.list()).contains(new Job(first, "row no place", "FINISHED"));
    }

    @Test
    void aProgramThatFailsBeforeItSubmitsSaysWhyInItsOwnWords() {
        assertThatThrownBy(() -> run("main"))
                .isInstanceOf(StackException.class)
                .hasMessage("Flink refused: no lake to row on\nrun: dig");
    }

    @Test
    void aJobThatFailsAgainAndAgainSaysWhyInItsOwnWords() {
        String job = run("task");

        assertThatThrownBy(() -> jobs.awaitRunning(job, LIMIT))
                .isInstanceOf(StackException.class)
                .hasMessage("the job 'row task' does not run: the oar broke");
    }

    @Test
    void aClusterThatIsNotThereIsNamed() {
        URI nobody = URI.create("http://127.0.0.1:" + new FreePorts().any());

        assertThatThrownBy(() -> new FlinkJobs(nobody).list())
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("Flink does not answer at " + nobody);
    }

    private String run(String failsIn) {
        return jobs.run(jar, new JobRun(SmallJob.ENTRY_CLASS, List.of(failsIn)));
    }
}
