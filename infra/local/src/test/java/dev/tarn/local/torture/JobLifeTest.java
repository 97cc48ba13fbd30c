package dev.tarn.local.torture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.Job;
import dev.tarn.local.stack.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ingest job on one JobManager and two TaskManagers: submitted in each of the three ways, stopped, upgraded and
 * rescaled while documents change. After each of these the index equals its topic.
 */
@ExtendWith(LiveCluster.class)
class JobLifeTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration CHECKPOINT_LIMIT = Duration.ofSeconds(10);

    private final LiveCluster.Running cluster;
    private final Testbed bed;
    private final FlinkJobs flink;
    private final LiveJob job;

    JobLifeTest(LiveCluster.Running cluster) {
        this.cluster = cluster;
        bed = cluster.bed();
        flink = cluster.flink();
        job = cluster.job();
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
    void itIsRescaledOverTheRestApi() {
        for (int parallelism : List.of(1, 2, 1, 3)) {
            goOn(Testbeds.JAR, bed.arguments(), parallelism);
            cluster.requireEqual("at parallelism " + parallelism);
            cluster.startWorkload();
        }
    }

    @Test
    void itIsUpgradedOverTheCommandLine() throws IOException {
        FlinkCli cli = new FlinkCli(
                Testbeds.HOME.resolve("infra/local/flink/target/lib"),
                bed.stack().data(Part.JOBMANAGER).resolve("conf"));
        String stopped = cli.run(List.of(
                "stop", "--savepointPath", cluster.data().resolve("by-hand").toString(), job.id()));
        String savepoint = found("Savepoint completed. Path: (\\S+)", stopped);
        assertThat(job.state()).isEqualTo("FINISHED");

        List<String> run = new ArrayList<>(List.of(
                "run",
                "-d",
                "-s",
                savepoint,
                "-p",
                "2",
                "-c",
                job.entryClass(),
                anotherBuild().toString()));
        run.addAll(bed.arguments());
        job.follow(found("JobID ([0-9a-f]{32})", cli.run(run)));
        cluster.requireEqual("with another build of the jar");
    }

    @Test
    void itRunsInApplicationMode(@TempDir Path artifacts) {
        List<String> application = new ArrayList<>(List.of(
                "--job-classname",
                job.entryClass(),
                "--jars",
                Testbeds.JAR.toString(),
                "--fromSavepoint",
                job.stop(),
                "-D",
                "user.artifacts.base-dir=" + artifacts,
                "-D",
                "parallelism.default=2",
                "-D",
                "execution.shutdown-on-application-finish=false"));
        application.addAll(bed.arguments());
        bed.stack().kill(Part.JOBMANAGER);
        bed.stack().restart(Part.JOBMANAGER, application.toArray(String[]::new));
        Wait.until(
                LiveJob.LIMIT, "the JobManager has its job", () -> !flink.list().isEmpty());
        job.follow(flink.list().stream().map(Job::id).findFirst().orElseThrow());
        cluster.requireEqual("in application mode");

        String savepoint = job.stop();
        bed.stack().kill(Part.JOBMANAGER);
        bed.stack().restart(Part.JOBMANAGER);
        job.submit(Testbeds.JAR, bed.arguments(), 2, savepoint);
    }

    @Test
    void stoppingIsDoneSoonWhileTheModelServerHangs() {
        goOn(Testbeds.JAR, patient(), 2);
        bed.model().begin(ModelFault.HANGING);
        awaitCalls();
        long stopping = System.nanoTime();
        String savepoint = job.stop();
        assertThat(since(stopping)).isLessThan(SOON);
        assertThat(job.state()).isEqualTo("FINISHED");

        bed.model().end();
        job.submit(Testbeds.JAR, bed.arguments(), 2, savepoint);
        cluster.requireEqual("after the model server hung");
    }

    /** What was under way when it is cancelled is read again, without any savepoint. */
    @Test
    void checkpointsAndCancellingAreDoneSoonWhileTheModelServerIsSlowOrHangs() throws Exception {
        goOn(Testbeds.JAR, patient(), 2);
        bed.model().begin(ModelFault.SLOW);
        bed.workload().burst(100);
        awaitCalls();
        job.awaitCheckpoints(3);
        assertThat(longestCheckpoint()).isLessThan(CHECKPOINT_LIMIT);

        bed.model().begin(ModelFault.HANGING);
        awaitCalls();
        long cancelling = System.nanoTime();
        job.cancel();
        assertThat(since(cancelling)).isLessThan(SOON);
        assertThat(job.state()).isEqualTo("CANCELED");

        bed.model().end();
        job.submit(Testbeds.JAR, bed.arguments(), 2, null);
        cluster.requireEqual("after the model server was slow");
    }

    /** Stops the job under load, and goes on from its savepoint. */
    private void goOn(Path jar, List<String> arguments, int parallelism) {
        String savepoint = job.stop();
        assertThat(job.state()).isEqualTo("FINISHED");
        job.submit(jar, arguments, parallelism, savepoint);
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

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The jar with another manifest, under another name. */
    private Path anotherBuild() throws IOException {
        Path copy = Files.copy(Testbeds.JAR, cluster.data().resolve("tarn-jobs-later.jar"));
        try (FileSystem jar = FileSystems.newFileSystem(copy);
                OutputStream out = Files.newOutputStream(jar.getPath(JarFile.MANIFEST_NAME))) {
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "later");
            manifest.write(out);
        }
        return copy;
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
