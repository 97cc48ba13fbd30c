package dev.tarn.jobs.kafka;

import dev.tarn.failure.TransientFailure;
import dev.tarn.index.IndexProgress;
import dev.tarn.source.SourcePosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides where each partition is read from, and sees when that no longer holds. Calls block; for one thread. */
final class StartingPoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartingPoints.class);

    private final KafkaSettings settings;
    private final String group;
    private final DescribedTopic topic;
    private final IndexProgress.Opener opener;
    private final Description description;
    private final Set<String> begun = new HashSet<>();
    private IndexProgress progress;
    private Admin admin;

    /** Asks Kafka for what a topic is now. */
    @FunctionalInterface
    interface Description {
        DescribedTopic now(Admin admin, String topic) throws InterruptedException;
    }

    /**
     * Decides for the partitions of a topic.
     *
     * @param topic the topic as it was when the reading began
     */
    StartingPoints(KafkaSettings settings, String group, DescribedTopic topic, IndexProgress.Opener opener) {
        this(settings, group, topic, opener, DescribedTopic::ask);
    }

    StartingPoints(
            KafkaSettings settings,
            String group,
            DescribedTopic topic,
            IndexProgress.Opener opener,
            Description description) {
        this.settings = settings;
        this.group = group;
        this.topic = topic;
        this.opener = opener;
        this.description = description;
    }

    /**
     * The splits, each from the lower of two offsets: where Flink left off, and where the index has come to. A partition
     * that the topic does not have now is left out.
     *
     * @throws TransientFailure when Redis or Kafka can't answer now
     */
    List<KafkaPartitionSplit> begin(List<KafkaPartitionSplit> splits) throws InterruptedException {
        List<KafkaPartitionSplit> existing = existing(splits);
        if (existing.isEmpty()) {
            return existing;
        }
        List<String> logs = existing.stream().map(this::log).toList();
        Map<String, Long> reached = progress().begin(logs);
        boolean isFirstRun =
                existing.stream().anyMatch(split -> split.getStartingOffset() == KafkaPartitionSplit.COMMITTED_OFFSET);
        Map<TopicPartition, OffsetAndMetadata> committed = isFirstRun ? committed() : Map.of();
        List<KafkaPartitionSplit> started = new ArrayList<>();
        for (KafkaPartitionSplit split : existing) {
            long left = leftOff(split, committed.get(split.getTopicPartition()));
            long from = lower(left, reached.get(log(split)));
            LOG.info("{} is read from offset {}", split.getTopicPartition(), from < 0 ? "earliest" : from);
            started.add(new KafkaPartitionSplit(
                    split.getTopicPartition(),
                    from,
                    split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET)));
        }
        begun.addAll(logs);
        return started;
    }

    /** Partitions may have been added since the topic was described, or a topic with fewer was created in its place. */
    private List<KafkaPartitionSplit> existing(List<KafkaPartitionSplit> splits) throws InterruptedException {
        if (splits.stream().allMatch(split -> split.getPartition() < topic.partitions())) {
            return splits;
        }
        DescribedTopic now = description.now(admin(), topic.name());
        requireSame(now);
        return splits.stream()
                .filter(split -> split.getPartition() < now.partitions())
                .toList();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() throws InterruptedException {
        try {
            return admin().listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw new TransientFailure("Kafka does not say what the group " + group + " has committed", e);
            }
            throw new IllegalStateException("Kafka does not say what the group " + group + " has committed", e);
        }
    }

    /** Where Flink left off, or {@link Long#MAX_VALUE} where it never was. */
    private static long leftOff(KafkaPartitionSplit split, OffsetAndMetadata committed) {
        long offset = split.getStartingOffset();
        if (offset != KafkaPartitionSplit.COMMITTED_OFFSET) {
            return offset;
        }
        return committed == null ? Long.MAX_VALUE : committed.offset();
    }

    private static long lower(long left, Long reached) {
        return reached == null ? KafkaPartitionSplit.EARLIEST_OFFSET : Math.min(left, reached);
    }

    /**
     * Looks whether everything still is as it was when reading began.
     *
     * @throws IllegalStateException when the index may have lost something, or the topic is another: begin again
     * @throws TransientFailure when Redis can't answer now
     */
    void requireUnmoved() throws InterruptedException {
        if (!begun.isEmpty() && progress().forgot(begun)) {
            throw new IllegalStateException(
                    "the index may have lost its latest writes: Redis was started again, replaced or"
                            + " emptied. The job starts again and reads from where the index has come to.");
        }
        requireGeneration();
    }

    private void requireGeneration() throws InterruptedException {
        DescribedTopic now;
        try {
            now = description.now(admin(), topic.name());
        } catch (IllegalStateException e) {
            LOG.debug("Kafka does not say whether the topic is the same", e);
            return;
        }
        requireSame(now);
    }

    private void requireSame(DescribedTopic now) {
        if (!now.generation().equals(topic.generation())) {
            throw new IllegalStateException("the topic " + topic.name()
                    + " was created again. The job starts again and reads it from its beginning.");
        }
    }

    private String log(KafkaPartitionSplit split) {
        return SourcePosition.log(topic.name(), topic.generation(), split.getPartition());
    }

    private IndexProgress progress() {
        if (progress == null) {
            progress = opener.open();
        }
        return progress;
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings.clientProperties());
        }
        return admin;
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
