package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.question.Answer;
import dev.tarn.question.QuestionParser;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceRecord;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class FailedAnswerTest {

    @Test
    void whoAskedHearsWhichStepFailedAndWhy() throws Exception {
        SourceRecord record = Questions.asked(Questions.PLAIN).source();
        DeadLetter failed = DeadLetter.of(record, "answer", new PermanentFailure("the model refuses the input"));

        Reply reply;
        FailedAnswer function = new FailedAnswer(new QuestionParser(100), "fake-chat", "fake-embedder");
        try (var stage = new OneInputStreamOperatorTestHarness<>(new StreamMap<>(function))) {
            stage.open();
            stage.processElement(failed, 0);
            reply = stage.extractOutputValues().get(0);
        }

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
                .isEqualTo(record.headers());
    }
}
