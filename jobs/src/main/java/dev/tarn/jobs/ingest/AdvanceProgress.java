package dev.tarn.jobs.ingest;

import dev.tarn.index.IndexProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;

/**
 * Tells the index how far it has come: a watermark says that every record read before it is done, and a checkpoint that
 * their receipts and dead letters are out. Between the two lies no record that could be lost.
 *
 * <p>What is done and carries no time was not read in this run, but came from a checkpoint: it says nothing of the records
 * before it.
 */
final class AdvanceProgress extends AbstractStreamOperator<Done> implements OneInputStreamOperator<Done, Done> {
    private static final long serialVersionUID = 1L;
    private static final long CLOSE_LIMIT_MS = 6_000;
    private static final long MILLIS = 1_000;

    private final IndexProgress.Opener opener;

    /** Log to second to the greatest offset that was read in it and is done. */
    private transient Map<String, TreeMap<Long, Long>> ahead;

    private transient Map<String, Long> complete;
    private transient TreeMap<Long, Map<String, Long>> checkpoints;
    private transient volatile IndexProgress progress;
    private transient ExecutorService background;

    AdvanceProgress(IndexProgress.Opener opener) {
        this.opener = opener;
    }

    @Override
    public void open() {
        ahead = new HashMap<>();
        complete = new HashMap<>();
        checkpoints = new TreeMap<>();
        background = Executors.newSingleThreadExecutor(new ExecutorThreadFactory("tarn-progress"));
    }

    @Override
    public void processElement(StreamRecord<Done> done) {
        if (done.hasTimestamp()) {
            long second = Math.floorDiv(done.getTimestamp(), MILLIS) + 1;
            ahead.computeIfAbsent(done.getValue().log(), log -> new TreeMap<>())
                    .merge(second, done.getValue().offset(), Math::max);
        }
    }

    @Override
    public void processWatermark(Watermark watermark) {
        long second = Math.floorDiv(watermark.getTimestamp(), MILLIS);
        ahead.forEach((log, seconds) -> {
            NavigableMap<Long, Long> done = seconds.headMap(second, true);
            done.values().forEach(offset -> complete.merge(log, offset + 1, Math::max));
            done.clear();
        });
    }

    @Override
    public void snapshotState(StateSnapshotContext context) {
        checkpoints.put(context.getCheckpointId(), Map.copyOf(complete));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        Map.Entry<Long, Map<String, Long>> latest = checkpoints.floorEntry(checkpointId);
        if (latest != null && !latest.getValue().isEmpty()) {
            background.execute(() -> advance(latest.getValue()));
        }
        checkpoints.headMap(checkpointId, true).clear();
    }

    private void advance(Map<String, Long> offsets) {
        try {
            if (progress == null) {
                progress = opener.open();
            }
            progress.advance(offsets);
        } catch (RuntimeException e) { // the next checkpoint says the same, and more
            LOG.warn("The index's progress waits: {}", e.getMessage());
        }
    }

    @Override
    public void close() throws Exception {
        if (background != null) {
            background.shutdownNow();
            background.awaitTermination(CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS);
        }
        if (progress != null) {
            progress.close();
        }
        super.close();
    }
}
