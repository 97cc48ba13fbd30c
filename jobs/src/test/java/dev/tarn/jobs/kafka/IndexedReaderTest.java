package dev.tarn.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.jobs.testing.FakeProgress;
import dev.tarn.source.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IndexedReaderTest {
    private static final DescribedTopic TOPIC = new DescribedTopic("documents", "generation-1", 2);
    private static final KafkaSettings NOWHERE = new KafkaSettings("127.0.0.1:1", Map.of());

    private volatile DescribedTopic now = TOPIC;
    private final FakeProgress progress = new FakeProgress();
    private final FlinksReader flinks = new FlinksReader();
    private final IndexedReader reader = new IndexedReader(
            flinks, new StartingPoints(NOWHERE, "group", TOPIC, () -> progress, (admin, topic) -> now));
    private final ReaderOutput<SourceRecord> output = null;

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    @Test
    void aPartitionIsReadFromWhereTheIndexHasComeToWhenThatIsBehindFlink() {
        progress.advance(Map.of("documents/generation-1/0", 42L));

        reader.addSplits(List.of(split(0, 100)));

        awaitSplits(split(0, 42));
    }

    @Test
    void aPartitionIsReadFromWhereFlinkLeftOffWhenTheIndexIsAhead() {
        progress.advance(Map.of("documents/generation-1/0", 42L));

        reader.addSplits(List.of(split(0, 40)));

        awaitSplits(split(0, 40));
    }

    @Test
    void aPartitionThatTheIndexKnowsNothingOfIsReadFromItsBeginning() {
        progress.advance(Map.of("documents/generation-0/0", 42L));

        reader.addSplits(List.of(split(0, 100)));

        awaitSplits(split(0, KafkaPartitionSplit.EARLIEST_OFFSET));
    }

    @Test
    void aPartitionThatTheTopicDoesNotHaveWaitsUntilItDoes() {
        reader.addSplits(List.of(split(1, 100), split(2, 100)));
        awaitSplits(split(1, KafkaPartitionSplit.EARLIEST_OFFSET));
        assertThat(reader.snapshotState(1))
                .containsExactlyInAnyOrder(split(1, KafkaPartitionSplit.EARLIEST_OFFSET), split(2, 100));

        now = new DescribedTopic("documents", "generation-1", 3);

        awaitSplits(split(1, KafkaPartitionSplit.EARLIEST_OFFSET), split(2, KafkaPartitionSplit.EARLIEST_OFFSET));
    }

    @Test
    void aPartitionThatIsAddedIsReadFromItsBeginning() {
        now = new DescribedTopic("documents", "generation-1", 4);

        reader.addSplits(List.of(split(3, KafkaPartitionSplit.EARLIEST_OFFSET)));

        awaitSplits(split(3, KafkaPartitionSplit.EARLIEST_OFFSET));
    }

    @Test
    void aTopicThatIsCreatedAgainEndsTheReader() {
        reader.start();
        reader.addSplits(List.of(split(0, 100)));
        awaitSplits(split(0, KafkaPartitionSplit.EARLIEST_OFFSET));

        now = new DescribedTopic("documents", "generation-2", 2);

        await().until(() -> reader.isAvailable().isDone());
        assertThatThrownBy(() -> reader.pollNext(output)).hasMessageContaining("was created again");
    }

    @Test
    void partitionsThatWaitForRedisAreInTheCheckpointAsTheyCame() {
        progress.away(true);
        reader.addSplits(List.of(split(0, 100)));
        reader.addSplits(List.of(split(1, 200)));

        poll();
        assertThat(reader.snapshotState(1)).containsExactlyInAnyOrder(split(0, 100), split(1, 200));

        progress.away(false);
        awaitSplits(split(0, KafkaPartitionSplit.EARLIEST_OFFSET), split(1, KafkaPartitionSplit.EARLIEST_OFFSET));
        assertThat(reader.snapshotState(2)).hasSize(2);
    }

    @Test
    void aReaderThatHasNothingYetIsNotAtItsEnd() {
        progress.away(true);
        flinks.status = InputStatus.END_OF_INPUT;
        reader.addSplits(List.of(split(0, 100)));
        reader.notifyNoMoreSplits();

        assertThat(poll()).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(flinks.noMoreSplits).isFalse();
        progress.away(false);
        awaitSplits(split(0, KafkaPartitionSplit.EARLIEST_OFFSET));
        assertThat(flinks.noMoreSplits).isTrue();
    }

    @Test
    void anIndexThatForgotEndsTheReader() {
        reader.start();
        reader.addSplits(List.of(split(0, 100)));
        awaitSplits(split(0, KafkaPartitionSplit.EARLIEST_OFFSET));

        progress.forget();

        await().until(() -> reader.isAvailable().isDone());
        assertThatThrownBy(() -> reader.pollNext(output))
                .hasMessageContaining("the index may have lost its latest writes");
    }

    @Test
    void anOutageDoesNotEndTheReader() {
        reader.start();
        reader.addSplits(List.of(split(0, 100)));
        awaitSplits(split(0, KafkaPartitionSplit.EARLIEST_OFFSET));
        progress.away(true);

        await().during(Duration.ofSeconds(3)).until(() -> poll() == InputStatus.NOTHING_AVAILABLE);
    }

    private void awaitSplits(KafkaPartitionSplit... splits) {
        await().untilAsserted(() -> {
            poll();
            assertThat(flinks.splits).containsExactlyInAnyOrder(splits);
        });
    }

    private InputStatus poll() {
        try {
            return reader.pollNext(output);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KafkaPartitionSplit split(int partition, long offset) {
        return new KafkaPartitionSplit(new TopicPartition("documents", partition), offset);
    }

    /** Flink's own reader, in as far as it holds splits. */
    private static final class FlinksReader implements SourceReader<SourceRecord, KafkaPartitionSplit> {
        private final List<KafkaPartitionSplit> splits = new ArrayList<>();
        private InputStatus status = InputStatus.NOTHING_AVAILABLE;
        private boolean noMoreSplits;

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<SourceRecord> output) {
            return status;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
            return splits;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return new CompletableFuture<>();
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> more) {
            splits.addAll(more);
        }

        @Override
        public void notifyNoMoreSplits() {
            noMoreSplits = true;
        }

        @Override
        public void close() {}
    }
}
