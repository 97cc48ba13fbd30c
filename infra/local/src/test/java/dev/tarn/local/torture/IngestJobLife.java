package dev.tarn.local.torture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ingest job, stopped, upgraded and rescaled while documents change. After each of these the index equals its topic. */
abstract class IngestJobLife {
    private static final Duration CHECKPOINT_LIMIT = Duration.ofSeconds(10);

    private final LiveCluster.Running cluster;
    private final Testbed bed;
    private final LiveJob job;

    IngestJobLife(LiveCluster.Running cluster) {
        this.cluster = cluster;
        bed = cluster.bed();
        job = cluster.ingest();
    }

    @BeforeEach
    void startWorkload() {
        cluster.startWorkload();
    }

    @AfterEach
    void bringBack() {
        cluster.bringBack();
    }

    @Test
    void itIsRescaledOverTheRestApiAndLeavesNoClassesBehind() {
        for (int parallelism : List.of(1, 2, 1, 3)) {
            goOn(bed.arguments(), parallelism);
            cluster.requireEqual("at parallelism " + parallelism);
            cluster.startWorkload();
        }
        cluster.requireNoClassesOfEndedJobs();
    }

    @Test
    void itIsUpgradedOverTheCommandLine(@TempDir Path folder) throws IOException {
        String savepoint = cluster.cli().stop(job.id(), folder);
        assertThat(job.state()).isEqualTo("FINISHED");

        job.follow(cluster.cli().submit(job.entryClass(), LaterBuild.in(folder), bed.arguments(), 2, savepoint));
        cluster.requireEqual("with a later build");
    }

    @Test
    void stoppingIsDoneSoonWhileTheModelServerHangs() {
        goOn(patient(), 2);
        bed.model().begin(ModelFault.HANGING);
        awaitCalls();
        String savepoint = job.stop();

        bed.model().end();
        job.submit(Testbeds.JAR, bed.arguments(), 2, savepoint);
        cluster.requireEqual("after the model server hung");
    }

    /** What was under way when it is cancelled is read again, without any savepoint. */
    @Test
    void checkpointsAndCancellingAreDoneSoonWhileTheModelServerIsSlowOrHangs() throws Exception {
        goOn(patient(), 2);
        bed.model().begin(ModelFault.SLOW);
        bed.workload().burst(100);
        awaitCalls();
        job.awaitCheckpoints(3);
        assertThat(longestCheckpoint()).isLessThan(CHECKPOINT_LIMIT);

        bed.model().begin(ModelFault.HANGING);
        awaitCalls();
        job.cancel();

        bed.model().end();
        job.submit(Testbeds.JAR, bed.arguments(), 2, null);
        cluster.requireEqual("after the model server was slow");
    }

    /** Stops the job under load, and goes on from its savepoint. */
    private void goOn(List<String> arguments, int parallelism) {
        job.submit(Testbeds.JAR, arguments, parallelism, job.stop());
    }

    /** Arguments with which a call of the model server may take longer than any test. */
    private List<String> patient() {
        List<String> arguments = new ArrayList<>(bed.arguments());
        Collections.replaceAll(arguments, "PT1S", "PT5M");
        return arguments;
    }

    private void awaitCalls() {
        Wait.until(
                LiveJob.LIMIT, "the model server is called", () -> bed.model().failed() > 0);
    }

    private Duration longestCheckpoint() throws IOException, InterruptedException {
        URI checkpoints = bed.stack().endpoints().flink().resolve("/jobs/" + job.id() + "/checkpoints");
        String answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(checkpoints).build(), BodyHandlers.ofString(UTF_8))
                .body();
        return Duration.ofMillis(new ObjectMapper()
                .readTree(answer)
                .at("/summary/end_to_end_duration/max")
                .asLong());
    }
}
