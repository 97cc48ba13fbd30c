package dev.tarn.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The query job, stopped, upgraded and rescaled while it answers. Every question that was ever asked gets an answer. */
abstract class QueryJobLife {
    /** What one subtask answers in a second or two. */
    private static final int MANY = 60;

    private static final int SOME = 10;

    private final ChatModel chat;
    private final Questions questions;
    private final LiveCluster.Running cluster;
    private final LiveJob job;

    QueryJobLife(LiveCluster.Running cluster) {
        this.cluster = cluster;
        chat = cluster.chat();
        questions = cluster.questions();
        job = cluster.query();
    }

    @AfterEach
    void bringBack() {
        cluster.bringBack();
    }

    @Test
    void itIsRescaledOverTheRestApi() {
        job.submit(Testbeds.JAR, cluster.queryArguments(), 1, null);
        for (int parallelism : List.of(2, 1, 3)) {
            questions.ask(MANY);
            String savepoint = job.stop();
            assertThat(questions.unanswered()).isNotEmpty();
            questions.ask(SOME);
            job.submit(Testbeds.JAR, cluster.queryArguments(), parallelism, savepoint);
            questions.requireAnswers("at parallelism " + parallelism);
        }
    }

    /** As the local stack is stopped, which goes on without a savepoint. */
    @Test
    void whatItHasReadIsAnsweredBeforeItIsDrainedAndTheRestByTheNext() {
        job.submit(Testbeds.JAR, cluster.queryArguments(), 1, null);
        int before = chat.taken();
        questions.ask(MANY);
        Wait.until(LiveJob.LIMIT, "the chat model is called", () -> chat.taken() > before);

        job.drain();

        job.submit(Testbeds.JAR, cluster.queryArguments(), 1, null);
        questions.requireAnswers("after a start without a savepoint");
    }

    /** What the model had begun to answer is in the savepoint, and answered by the later build. */
    @Test
    void itIsSubmittedOverTheCommandLineStoppedSoonWhileTheChatModelHangsAndUpgraded(@TempDir Path folder)
            throws IOException {
        job.follow(cluster.cli().submit(job.entryClass(), Testbeds.JAR, cluster.queryArguments(), 2, null));
        questions.requireAnswers("before the chat model hangs");
        chat.hang();
        questions.ask(MANY);
        Wait.until(LiveJob.LIMIT, "the chat model is called", () -> chat.taken() > 0);
        String savepoint = job.stop();
        assertThat(questions.unanswered()).hasSize(MANY);

        chat.goOn();
        job.submit(LaterBuild.in(folder), cluster.queryArguments(), 2, savepoint);
        questions.requireAnswers("with a later build");
        questions.ask(SOME);
        questions.requireAnswers("by a later build");
    }
}
