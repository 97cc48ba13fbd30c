package dev.tarn.jobs.flow;

import static dev.tarn.jobs.flow.StageHarness.shout;
import static dev.tarn.jobs.flow.StageHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.source.SourceRecord;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncStageWatermarkTest {
    private final Map<String, CountDownLatch> held =
            Map.of("a", new CountDownLatch(1), "b", new CountDownLatch(1), "c", new CountDownLatch(1));
    private StageHarness stage;

    @BeforeEach
    void open() throws Exception {
        stage = StageHarness.running(this::whenReleased);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    void aWatermarkPassesAtOnceWhereNothingIsUnderWay() throws Exception {
        stage.watermark(5);

        assertThat(stage.output()).containsExactly(new Watermark(5));
    }

    @Test
    void aWatermarkWaitsForEveryElementBeforeItAndForNoneBehindIt() throws Exception {
        stage.process("a", "b");
        stage.watermark(5);
        stage.process("c");

        release("b");
        assertThat(stage.output()).containsExactly(value("B", 1));
        release("a");
        assertThat(stage.output()).containsExactly(value("B", 1), value("A", 0), new Watermark(5));
        release("c");
        assertThat(stage.output()).endsWith(new Watermark(5), value("C", 2));
    }

    @Test
    void anElementOvertakesAWatermarkThatWaits() throws Exception {
        stage.process("a");
        stage.watermark(5);
        stage.process("b");

        release("b");
        release("a");

        assertThat(stage.output()).containsExactly(value("B", 1), value("A", 0), new Watermark(5));
    }

    @Test
    void ofWatermarksThatWaitForTheSameElementsTheLastGoesOn() throws Exception {
        stage.process("a");
        stage.watermark(5);
        stage.watermark(6);
        stage.process("b");
        stage.watermark(7);

        release("a");
        release("b");

        assertThat(stage.output()).containsExactly(value("A", 0), new Watermark(6), value("B", 1), new Watermark(7));
    }

    @Test
    void aDeadLetterLetsTheWatermarkGo() throws Exception {
        stage.process("refused");
        stage.watermark(5);

        stage.until(() -> assertThat(stage.deadLetters()).hasSize(1));

        assertThat(stage.output()).contains(new Watermark(5));
    }

    @Test
    void atTheEndOfTheInputTheLastWatermarkFollowsTheLastElement() throws Exception {
        stage.process("a");
        stage.watermark(Long.MAX_VALUE);
        held.get("a").countDown();

        stage.finish();

        assertThat(stage.output()).containsExactly(value("A", 0), Watermark.MAX_WATERMARK);
    }

    @Test
    void idlenessWaitsForTheWatermarkBeforeIt() throws Exception {
        stage.process("a");
        stage.watermark(5);
        stage.status(WatermarkStatus.IDLE);
        assertThat(stage.output()).isEmpty();

        release("a");

        assertThat(stage.output()).containsExactly(value("A", 0), new Watermark(5), WatermarkStatus.IDLE);
    }

    @Test
    void idlenessThatEndsBeforeItIsDueIsNoNews() throws Exception {
        stage.process("a");
        stage.watermark(5);
        stage.status(WatermarkStatus.IDLE);
        stage.status(WatermarkStatus.ACTIVE);

        release("a");

        assertThat(stage.output()).containsExactly(value("A", 0), new Watermark(5));
    }

    @Test
    void statusPassesAtOnceWhereNoWatermarkWaits() throws Exception {
        stage.process("a");
        stage.status(WatermarkStatus.IDLE);
        stage.status(WatermarkStatus.ACTIVE);

        assertThat(stage.output()).containsExactly(WatermarkStatus.IDLE, WatermarkStatus.ACTIVE);
    }

    private void release(String value) {
        held.get(value).countDown();
        stage.until(() -> assertThat(stage.values()).contains(shouted(value)));
    }

    private static String shouted(String value) {
        return value.toUpperCase(Locale.ROOT);
    }

    private static StreamRecord<String> value(String value, long timestamp) {
        return new StreamRecord<>(value, timestamp);
    }

    private String whenReleased(SourceRecord record) {
        if (text(record).equals("refused")) {
            throw new PermanentFailure("refused");
        }
        try {
            held.get(text(record)).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return shout(record);
    }
}
