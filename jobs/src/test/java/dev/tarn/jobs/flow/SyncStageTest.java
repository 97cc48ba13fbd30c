package dev.tarn.jobs.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class SyncStageTest {
    private static final SourceRecord GOOD = Records.record(1, "key", "good");
    private static final SourceRecord BAD = Records.record(2, "key", "bad");

    @Test
    void anElementBecomesItsValueOrADeadLetterWithItsRecord() throws Exception {
        try (var stage = running(refusing(new PermanentFailure("no text")))) {
            stage.processElement(BAD, 0);
            stage.processElement(GOOD, 0);

            assertThat(stage.extractOutputValues()).containsExactly("good");
            DeadLetter dead = onlyDeadLetter(stage);
            assertThat(dead.source()).usingRecursiveComparison().isEqualTo(BAD);
            assertThat(dead.stage()).isEqualTo("parse");
            assertThat(dead.reason()).isEqualTo("no text");
        }
    }

    @Test
    void anUnexpectedExceptionBecomesADeadLetterToo() throws Exception {
        try (var stage = running(refusing(new ArithmeticException("by zero")))) {
            stage.processElement(BAD, 0);
            stage.processElement(GOOD, 0);

            assertThat(stage.extractOutputValues()).containsExactly("good");
            assertThat(onlyDeadLetter(stage).errorClass()).isEqualTo("ArithmeticException");
        }
    }

    @Test
    void aMisconfigurationFailsTheJob() throws Exception {
        try (var stage = running(refusing(new Misconfiguration("wrong settings")))) {
            assertThatThrownBy(() -> stage.processElement(BAD, 0)).hasMessage("wrong settings");
            assertThat(stage.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void theWorkerIsClosedWithItsStage() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        Worker<SourceRecord, String> worker = new Worker<>() {
            @Override
            public String apply(SourceRecord input) {
                return "value";
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };

        running(worker).close();

        assertThat(closed).hasValue(1);
    }

    private static OneInputStreamOperatorTestHarness<SourceRecord, String> running(Worker<SourceRecord, String> worker)
            throws Exception {
        return ProcessFunctionTestHarnesses.forProcessFunction(new SyncStage<>("parse", () -> worker));
    }

    private static Worker<SourceRecord, String> refusing(RuntimeException failure) {
        return record -> {
            if (record.position().equals(BAD.position())) {
                throw failure;
            }
            return new String(record.value(), UTF_8);
        };
    }

    private static DeadLetter onlyDeadLetter(OneInputStreamOperatorTestHarness<?, ?> stage) {
        assertThat(stage.getSideOutput(Stages.DEAD_LETTERS)).hasSize(1);
        return stage.getSideOutput(Stages.DEAD_LETTERS).element().getValue();
    }
}
