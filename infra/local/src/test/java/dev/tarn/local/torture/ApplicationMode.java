package dev.tarn.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.local.stack.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JobManager that runs one job and takes no other, and goes on from a savepoint of a session cluster; and back. */
abstract class ApplicationMode {
    private static final int QUESTIONS = 60;

    @TempDir
    private Path artifacts;

    private final LiveCluster.Running cluster;
    private final LiveJob ingest;
    private final LiveJob query;
    private boolean inApplicationMode;

    ApplicationMode(LiveCluster.Running cluster) {
        this.cluster = cluster;
        ingest = cluster.ingest();
        query = cluster.query();
    }

    @AfterEach
    void bringBack() {
        if (inApplicationMode) {
            restartJobManager();
        }
        cluster.bringBack();
    }

    @Test
    void eachJobGoesOnInApplicationModeAndBack() {
        List<String> ingestArguments = cluster.bed().arguments();
        cluster.startWorkload();
        String ingested = ingest.stop();
        restartJobManager(application(ingest, ingestArguments, ingested));
        followTheOnlyJob(ingest);
        cluster.requireEqual("in application mode");
        ingested = ingest.stop();

        restartJobManager(application(query, cluster.queryArguments(), null));
        followTheOnlyJob(query);
        cluster.questions().ask(QUESTIONS);
        String answered = query.stop();
        assertThat(cluster.questions().unanswered()).isNotEmpty();

        restartJobManager();
        query.submit(Testbeds.JAR, cluster.queryArguments(), 2, answered);
        cluster.questions().requireAnswers("back from application mode");
        ingest.submit(Testbeds.JAR, ingestArguments, 2, ingested);
    }

    private String[] application(LiveJob job, List<String> arguments, String savepoint) {
        List<String> application = new ArrayList<>(List.of(
                "--job-classname",
                job.entryClass(),
                "--jars",
                Testbeds.JAR.toString(),
                "-D",
                "user.artifacts.base-dir=" + artifacts,
                "-D",
                "parallelism.default=2",
                "-D",
                "execution.shutdown-on-application-finish=false"));
        if (savepoint != null) {
            application.addAll(List.of("--fromSavepoint", savepoint));
        }
        application.addAll(arguments);
        return application.toArray(String[]::new);
    }

    private void restartJobManager(String... application) {
        cluster.bed().stack().kill(Part.JOBMANAGER);
        cluster.bed().stack().restart(Part.JOBMANAGER, application);
        inApplicationMode = application.length > 0;
    }

    private void followTheOnlyJob(LiveJob job) {
        Wait.until(
                LiveJob.LIMIT,
                "the JobManager has its job",
                () -> !cluster.flink().list().isEmpty());
        job.follow(cluster.flink().list().get(0).id());
    }
}
