package dev.tarn.jobs.ingest;

import dev.tarn.source.SourceRecord;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Time as records are read. A watermark then says that all that was read before it has come this far, and its lag is the
 * age of the oldest record under way. The clock never goes back while this JVM lives.
 */
final class IngestionTime implements WatermarkGenerator<SourceRecord> {
    private static final long OFFSET_MS = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());

    private IngestionTime() {}

    static WatermarkStrategy<SourceRecord> watermarks() {
        return WatermarkStrategy.<SourceRecord>forGenerator(context -> new IngestionTime())
                .withTimestampAssigner((record, timestamp) -> now());
    }

    private static long now() {
        return OFFSET_MS + TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void onEvent(SourceRecord record, long timestamp, WatermarkOutput output) {}

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.emitWatermark(new Watermark(now() - 1));
    }
}
