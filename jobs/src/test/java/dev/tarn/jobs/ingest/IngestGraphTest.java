package dev.tarn.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.jobs.options.JobOptions;
import dev.tarn.jobs.testing.Graph;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What upgrades and scaling of the ingest job rest on. */
class IngestGraphTest {
    private Graph graph;

    @BeforeEach
    void build() {
        IngestOptions options = JobOptions.parse(new IngestOptions(Map.of()), "--max-parallelism", "96")
                .orElseThrow();
        StreamExecutionEnvironment flink = options.job.environment();
        IngestJob.betweenTopics(flink, options);
        graph = Graph.of(flink);
    }

    @Test
    void theUidsThatSavepointsReferToAreThese() {
        assertThat(graph.uids())
                .containsExactlyInAnyOrder(
                        "documents",
                        "parse",
                        "chunk",
                        "embed",
                        "index",
                        "index-events",
                        "Sink Committer: index-events",
                        "dead-letters",
                        "Sink Committer: dead-letters",
                        "indexed",
                        "dead",
                        "progress");
    }

    @Test
    void everyOperatorHasANameAndTheMaxParallelismThatWasAskedFor() {
        assertThat(graph.operators())
                .allSatisfy(operator -> assertThat(operator.getOperatorName()).isNotBlank());
        assertThat(graph.operators()).extracting(StreamNode::getMaxParallelism).containsOnly(96);
    }

    /** What has several inputs can't be chained: the dead letters of all stages, and all that is done. */
    @Test
    void allIsOneChainFromTopicToTopicButTheDeadLettersAndTheProgress() {
        assertThat(graph.tasks())
                .containsExactlyInAnyOrder(
                        "Source: documents -> parse -> chunk -> embed -> index"
                                + " -> (index-events: Writer -> index-events: Committer, indexed)",
                        "dead-letters: Writer -> dead-letters: Committer",
                        "dead",
                        "progress");
    }

    @Test
    void noRecordIsShuffled() {
        assertThat(graph.partitioners()).containsOnly("FORWARD");
    }
}
