package dev.tarn.jobs.testing;

import dev.tarn.source.SourceRecord;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.apache.flink.testutils.junit.SharedReference;

/** A bounded source of records, read by all subtasks, that a test can hold back without holding up the task. */
public final class Feed {
    private final SharedReference<List<SourceRecord>> records;
    private final SharedReference<Valve> valve;

    private Feed(SharedReference<List<SourceRecord>> records, SharedReference<Valve> valve) {
        this.records = records;
        this.valve = valve;
    }

    /** A source that lets all records through. */
    public static Feed of(SharedObjectsExtension shared, List<SourceRecord> records) {
        Feed feed = held(shared, records);
        feed.release();
        return feed;
    }

    /** A source that lets no record through before it is told to. */
    public static Feed held(SharedObjectsExtension shared, List<SourceRecord> records) {
        return new Feed(shared.add(List.copyOf(records)), shared.add(new Valve()));
    }

    /** Lets this many records more through. */
    public void release(int more) {
        valve.get().open(more);
    }

    /** Lets all records through. */
    public void release() {
        valve.get().open(Integer.MAX_VALUE);
    }

    /** How many records the job has asked for and was given. */
    public int passed() {
        return valve.get().passed();
    }

    /** A source that goes on where it left off after a failure. */
    public DataStream<SourceRecord> into(StreamExecutionEnvironment flink) {
        return from(source(), flink);
    }

    /** A source that comes with all records again after a failure, as it does for an index that is behind. */
    public DataStream<SourceRecord> againInto(StreamExecutionEnvironment flink) {
        return from(new FromTheFirst<>(source()), flink);
    }

    private static DataStream<SourceRecord> from(Source<SourceRecord, ?, ?> source, StreamExecutionEnvironment flink) {
        return flink.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "feed", TypeInformation.of(SourceRecord.class))
                .uid("feed");
    }

    private DataGeneratorSource<SourceRecord> source() {
        SharedReference<List<SourceRecord>> all = records;
        SharedReference<Valve> held = valve;
        RateLimiterStrategy<SourceSplit> rate = readers -> new ValveLimiter(held);
        return new DataGeneratorSource<>(
                index -> all.get().get(index.intValue()),
                all.get().size(),
                rate,
                TypeInformation.of(SourceRecord.class));
    }

    private record ValveLimiter(SharedReference<Valve> valve) implements RateLimiter<SourceSplit> {

        @Override
        public CompletionStage<Void> acquire(int permits) {
            return valve.get().pass();
        }
    }

    private static final class Valve {
        private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
        private long permits;
        private int passed;

        synchronized CompletionStage<Void> pass() {
            CompletableFuture<Void> pass = new CompletableFuture<>();
            waiting.add(pass);
            open(0);
            return pass;
        }

        synchronized void open(int more) {
            permits += more;
            while (permits > 0 && !waiting.isEmpty()) {
                permits--;
                passed++;
                waiting.remove().complete(null);
            }
        }

        synchronized int passed() {
            return passed;
        }
    }
}
