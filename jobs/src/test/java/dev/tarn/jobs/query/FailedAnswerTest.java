package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.Json;
import dev.tarn.json.Schemas;
import dev.tarn.question.Answer;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailedAnswerTest {
    private static final SourceRecord RECORD = Questions.asked(Questions.PLAIN).source();

    @Test
    void whoAskedHearsWhichStepFailedAndWhy() throws Exception {
        Reply reply = told("answer", "the model refuses the input");

        Answer answer = reply.answer();
        assertThat(answer.id()).isEqualTo("q-1");
        assertThat(answer.question()).isEqualTo("What feeds a tarn?");
        assertThat(answer.status()).isEqualTo(Answer.Status.FAILED);
        assertThat(answer.error()).isEqualTo("answer: the model refuses the input");
        assertThat(answer.answer()).isNull();
        assertThat(answer.sources()).isEmpty();
        assertThat(answer.model()).isEqualTo("fake-chat");
        assertThat(answer.embeddingModel()).isEqualTo("fake-embedder");
        assertThat(reply.headers())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(RECORD.headers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"parse", "embed", "retrieve", "answer"})
    void theAnswerIsAsItsSchemaSaysAndNamesNoModelThatWasNotAsked(String stage) throws Exception {
        Answer answer = told(stage, "refused").answer();

        Schemas.assertValid("answer", new String(Json.write(answer), StandardCharsets.UTF_8));
        assertThat(answer.model()).isEqualTo(stage.equals("answer") ? "fake-chat" : null);
        assertThat(answer.timings()).isEqualTo(new Answer.Timings(0, 0, 0, 0, 0));
    }

    private static Reply told(String stage, String reason) throws Exception {
        FailedAnswer function = new FailedAnswer("fake-chat", "fake-embedder");
        try (var failed = new OneInputStreamOperatorTestHarness<>(new StreamMap<>(function))) {
            failed.open();
            failed.processElement(DeadLetter.of(RECORD, stage, new PermanentFailure(reason)), 0);
            return failed.extractOutputValues().get(0);
        }
    }
}
