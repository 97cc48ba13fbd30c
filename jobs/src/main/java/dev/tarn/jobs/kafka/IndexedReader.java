package dev.tarn.jobs.kafka;

import dev.tarn.failure.Backoff;
import dev.tarn.failure.TransientFailure;
import dev.tarn.source.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives its partitions to Flink's reader when it is known where they begin, which is asked for off the task thread: an
 * outage is waited out without holding up checkpoints. Partitions that wait are in the checkpoint as they came.
 *
 * <p>A topic that was created again with fewer partitions may get more once more. Flink assigns each partition once, so
 * those that are not there now wait here until they are.
 */
final class IndexedReader implements SourceReader<SourceRecord, KafkaPartitionSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(IndexedReader.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(6);

    private final SourceReader<SourceRecord, KafkaPartitionSplit> reader;
    private final StartingPoints points;
    private final ScheduledExecutorService background =
            Executors.newSingleThreadScheduledExecutor(new ExecutorThreadFactory("tarn-starting-points"));

    private final List<KafkaPartitionSplit> waiting = new ArrayList<>();
    private boolean asking;
    private boolean noMoreSplits;
    private volatile Begun begun;
    private volatile Throwable failure;
    private volatile CompletableFuture<Void> news = new CompletableFuture<>();

    /** What was found of the waiting splits that were asked for, as it is to be read. */
    private record Begun(List<KafkaPartitionSplit> asked, List<KafkaPartitionSplit> splits) {
        boolean has(KafkaPartitionSplit waiting) {
            return splits.stream().anyMatch(split -> split.getPartition() == waiting.getPartition());
        }
    }

    IndexedReader(SourceReader<SourceRecord, KafkaPartitionSplit> reader, StartingPoints points) {
        this.reader = reader;
        this.points = points;
    }

    @Override
    public void start() {
        reader.start();
        schedule(this::look, LOOK_EVERY);
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        waiting.addAll(splits);
        begin(Duration.ZERO);
    }

    private void begin(Duration delay) {
        if (!asking && !waiting.isEmpty()) {
            asking = true;
            List<KafkaPartitionSplit> asked = List.copyOf(waiting);
            schedule(() -> begin(asked, 1), delay);
        }
    }

    private void begin(List<KafkaPartitionSplit> asked, int attempt) {
        try {
            List<KafkaPartitionSplit> started = points.begin(asked);
            CompletableFuture<Void> tell = news; // the task renews it when it takes what has begun
            begun = new Begun(asked, started);
            tell.complete(null);
        } catch (TransientFailure e) {
            if (attempt == 1) {
                LOG.warn("The source waits to learn where to read from: {}", e.getMessage());
            }
            schedule(() -> begin(asked, attempt + 1), Backoff.DEFAULT.delay(attempt, ThreadLocalRandom.current()));
        } catch (Throwable e) { // an executor would keep it to itself
            fail(e);
        }
    }

    private void look() {
        try {
            points.requireUnmoved();
        } catch (TransientFailure e) {
            LOG.debug("The source can't ask how the index is", e);
        } catch (Throwable e) {
            fail(e);
            return;
        }
        schedule(this::look, LOOK_EVERY);
    }

    private void fail(Throwable e) {
        failure = e;
        news.complete(null);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled reports through the fields
    private void schedule(Runnable task, Duration delay) {
        if (!background.isShutdown()) {
            background.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceRecord> output) throws Exception {
        if (failure != null) {
            ExceptionUtils.rethrowException(failure);
        }
        takeBegun();
        InputStatus status = reader.pollNext(output);
        return status == InputStatus.END_OF_INPUT && !waiting.isEmpty() ? InputStatus.NOTHING_AVAILABLE : status;
    }

    private void takeBegun() {
        Begun ready = begun;
        if (ready == null) {
            return;
        }
        begun = null;
        asking = false;
        news = new CompletableFuture<>();
        if (failure != null) {
            news.complete(null); // who failed may have told the one before
        }
        waiting.removeIf(ready::has);
        if (!ready.splits().isEmpty()) {
            reader.addSplits(ready.splits());
        }
        begin(ready.asked().containsAll(waiting) ? LOOK_EVERY : Duration.ZERO);
        if (waiting.isEmpty() && noMoreSplits) {
            reader.notifyNoMoreSplits();
        }
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        if (waiting.isEmpty()) {
            reader.notifyNoMoreSplits();
        }
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> records = reader.isAvailable();
        return records.isDone()
                ? records
                : CompletableFuture.anyOf(records, news).thenApply(any -> null);
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        List<KafkaPartitionSplit> splits = new ArrayList<>(reader.snapshotState(checkpointId));
        splits.addAll(waiting);
        return splits;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        reader.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
        reader.pauseOrResumeSplits(pause, resume);
    }

    @Override
    public void close() throws Exception {
        background.shutdownNow();
        try (points;
                reader) {
            background.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
