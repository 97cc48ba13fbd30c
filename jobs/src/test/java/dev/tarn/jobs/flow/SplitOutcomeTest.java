package dev.tarn.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.testing.Records;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class SplitOutcomeTest {

    @Test
    void valuesGoOnAndDeadLettersToTheSide() throws Exception {
        DeadLetter dead = DeadLetter.of(Records.record(1, "key", "bad"), "embed", new PermanentFailure("refused"));
        try (var split = ProcessFunctionTestHarnesses.forProcessFunction(new SplitOutcome<String>())) {
            split.processElement(Outcome.of("one"), 0);
            split.processElement(Outcome.failed(dead), 0);
            split.processElement(Outcome.of("two"), 0);

            assertThat(split.extractOutputValues()).containsExactly("one", "two");
            assertThat(split.getSideOutput(Stages.DEAD_LETTERS))
                    .singleElement()
                    .extracting(StreamRecord::getValue)
                    .usingRecursiveComparison()
                    .isEqualTo(dead);
        }
    }
}
