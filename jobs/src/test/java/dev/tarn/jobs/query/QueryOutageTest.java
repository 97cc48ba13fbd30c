package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.jobs.testing.Checkpoints;
import dev.tarn.jobs.testing.Collected;
import dev.tarn.jobs.testing.Feed;
import dev.tarn.jobs.testing.Flinks;
import dev.tarn.jobs.testing.Servers;
import dev.tarn.question.Answer;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.FakeOllama.Endpoint;
import dev.tarn.testing.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The query job while something that it needs is away. */
class QueryOutageTest {
    private static final int RECORDS = 30;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Flinks.cluster();

    @RegisterExtension
    final SharedObjectsExtension shared = SharedObjectsExtension.create();

    private static Servers servers;

    private MiniCluster cluster;
    private Feed feed;
    private Collected<Reply> answers;
    private Collected<DeadLetter> deadLetters;

    @BeforeAll
    static void start() {
        servers = new Servers();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @BeforeEach
    void reset(@InjectMiniCluster MiniCluster flink) {
        cluster = flink;
        servers.reset();
        servers.index("tarns", "A tarn is a mountain lake.");
        List<SourceRecord> questions = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            questions.add(QueryFixtures.question(i, "q" + i, "What is a tarn?"));
        }
        feed = Feed.held(shared, questions);
        answers = Collected.in(shared);
        deadLetters = Collected.in(shared);
    }

    @ParameterizedTest
    @EnumSource(
            value = Endpoint.class,
            names = {"EMBED", "CHAT"})
    void anOutageOfAModelHoldsUpNoCheckpointAndEveryQuestionIsAnswered(Endpoint endpoint) throws Exception {
        JobClient job = startAndAnswer(5);

        servers.ollama().fail(endpoint, Fault.Body.CUT_OFF);
        servers.ollama().calls().reset();
        feed.release();
        await().atMost(LIMIT).until(() -> servers.ollama().calls().count(endpoint) > 10);
        new Checkpoints(cluster, job).awaitMore(3);
        servers.ollama().recover();

        requireAllAnswered(job);
    }

    @Test
    void anOutageOfRedisHoldsUpNoCheckpointAndEveryQuestionIsAnswered() throws Exception {
        JobClient job = startAndAnswer(5);

        servers.redis().stop();
        feed.release();
        await().atMost(LIMIT).until(() -> feed.passed() > 12);
        new Checkpoints(cluster, job).awaitMore(3);
        servers.redis().restart();

        requireAllAnswered(job);
    }

    private JobClient startAndAnswer(int questions) throws Exception {
        StreamExecutionEnvironment flink = Flinks.environment(1);
        flink.configure(Checkpoints.often());
        QueryJob.build(feed.into(flink), QueryFixtures.settings(servers), answers, answers, deadLetters);
        JobClient job = flink.executeAsync();
        feed.release(questions);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(answers.all()).hasSize(questions));
        return job;
    }

    private void requireAllAnswered(JobClient job) throws Exception {
        job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
        assertThat(deadLetters.all()).isEmpty();
        assertThat(answers.all())
                .hasSize(RECORDS)
                .extracting(reply -> reply.answer().status())
                .containsOnly(Answer.Status.ANSWERED);
        assertThat(answers.all()).extracting(reply -> reply.answer().id()).doesNotHaveDuplicates();
    }
}
