package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.question.AskedQuestion;
import dev.tarn.question.QuestionParser;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ParseQuestionTest {
    private final ParseQuestion parse = new ParseQuestion(new QuestionParser(100));

    @Test
    void aRecordBecomesAQuestionThatKeepsItsRecordAndItsArrival() {
        Instant before = Instant.now();
        SourceRecord record = Records.record(1, "q-1", "{\"question\": \"What is a tarn?\", \"topK\": 2}");

        AskedQuestion asked = parse.apply(record);

        assertThat(asked.source()).isSameAs(record);
        assertThat(asked.question().id()).isEqualTo("q-1");
        assertThat(asked.question().topK()).isEqualTo(2);
        assertThat(asked.receivedAt()).isBetween(before, Instant.now());
    }

    @Test
    void aRecordThatAsksNothingFailsForGood() {
        for (SourceRecord bad : new SourceRecord[] {
            Records.record(1, "q-1", null),
            Records.record(1, "q-1", "{}"),
            Records.record(1, null, "{\"question\": \"Who asks?\"}"),
            Records.record(1, "q-1", "{\"question\": \"Why?\", \"topK\": 0}"),
            Records.record(1, "q-1", "{\"question\": \"Why?\", \"minScore\": \"NaN\"}")
        }) {
            assertThatThrownBy(() -> parse.apply(bad)).isInstanceOf(PermanentFailure.class);
        }
    }
}
