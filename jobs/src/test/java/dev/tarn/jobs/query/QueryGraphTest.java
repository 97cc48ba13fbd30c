package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.jobs.options.JobOptions;
import dev.tarn.jobs.testing.Graph;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What upgrades and scaling of the query job rest on. */
class QueryGraphTest {
    private final Graph graph = graph("--max-parallelism", "96");

    @ParameterizedTest
    @ValueSource(strings = {"at-least-once", "exactly-once"})
    void theUidsThatSavepointsReferToAreThese(String delivery) {
        assertThat(graph("--answers-delivery", delivery).uids())
                .containsExactlyInAnyOrder(
                        "questions",
                        "parse",
                        "wrong-filters",
                        "unreadable",
                        "embed",
                        "retrieve",
                        "answer",
                        "failed",
                        "answers",
                        "Sink Committer: answers",
                        "failed-answers",
                        "Sink Committer: failed-answers",
                        "dead-letters",
                        "Sink Committer: dead-letters");
    }

    @Test
    void everyOperatorHasANameAndTheMaxParallelismThatWasAskedFor() {
        assertThat(graph.operators())
                .allSatisfy(operator -> assertThat(operator.getOperatorName()).isNotBlank());
        assertThat(graph.operators()).extracting(StreamNode::getMaxParallelism).containsOnly(96);
    }

    /** An answer goes from its stage to Kafka's client in one thread. Failures of all stages meet: that can't be chained. */
    @Test
    void allIsOneChainButForFailuresWhichBecomeAnswersInOnePlace() {
        assertThat(graph.tasks())
                .containsExactlyInAnyOrder(
                        "Source: questions -> parse -> (embed -> retrieve -> answer -> answers: Writer -> answers: Committer, wrong-filters, unreadable -> dead-letters: Writer -> dead-letters: Committer)",
                        "failed -> failed-answers: Writer -> failed-answers: Committer");
    }

    @Test
    void noRecordIsShuffled() {
        assertThat(graph.partitioners()).containsOnly("FORWARD");
    }

    @Test
    void noFailureWaitsForANetworkBufferToFill() {
        assertThat(graph.operators().stream()
                        .filter(operator -> operator.getTransformationUID().equals("failed"))
                        .flatMap(operator -> operator.getInEdges().stream()))
                .hasSize(4)
                .extracting(StreamEdge::getBufferTimeout)
                .containsOnly(0L);
    }

    @Test
    void answersThatWaitForACheckpointNeedCheckpoints() {
        assertThatThrownBy(() -> graph(new Configuration(), "--answers-delivery", "exactly-once"))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--answers-delivery")
                .hasMessageContaining("execution.checkpointing.interval");
    }

    private static Graph graph(String... arguments) {
        return graph(
                new Configuration().set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1)), arguments);
    }

    private static Graph graph(Configuration configuration, String... arguments) {
        QueryOptions options =
                JobOptions.parse(new QueryOptions(Map.of()), arguments).orElseThrow();
        StreamExecutionEnvironment flink = options.job.environment();
        flink.configure(configuration);
        QueryJob.betweenTopics(flink, options);
        return Graph.of(flink);
    }
}
