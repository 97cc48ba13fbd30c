package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.TransientFailure;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.jobs.testing.FakeEmbedder;
import dev.tarn.jobs.testing.FakeGenerator;
import dev.tarn.question.Answer;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.Prompt;
import dev.tarn.question.Reply;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class AnswerQuestionTest {
    private final MetricListener told = new MetricListener();
    private final FakeEmbedder embedder = new FakeEmbedder();

    @Test
    void anAnswerSaysWhatItRestsOnAndWhoMadeIt() {
        FakeGenerator generator = new FakeGenerator("Streams feed a tarn [1].");
        GroundedQuestion grounded = Questions.grounded(Questions.STREAMS);

        Reply reply = answering(generator).apply(grounded);

        Answer answer = reply.answer();
        assertThat(answer.id()).isEqualTo("q-1");
        assertThat(answer.question()).isEqualTo("What feeds a tarn?");
        assertThat(answer.status()).isEqualTo(Answer.Status.ANSWERED);
        assertThat(answer.answer()).isEqualTo("Streams feed a tarn [1].");
        assertThat(answer.statements())
                .containsExactly(new Answer.Statement("Streams feed a tarn.", List.of(1), 1.0, true));
        assertThat(answer.evidence()).isGreaterThan(0.8);
        assertThat(answer.sources()).containsExactly(Questions.STREAMS);
        assertThat(answer.model()).isEqualTo("fake-chat");
        assertThat(answer.embeddingModel()).isEqualTo("fake-embedder");
        assertThat(answer.error()).isNull();
        assertThat(answer.tokens()).isEqualTo(new Answer.Tokens(7, 3));
        assertThat(answer.timings().embedMs()).isEqualTo(9);
        assertThat(answer.timings().retrieveMs()).isEqualTo(3);
        assertThat(answer.timings().checkMs()).isNotNegative();
        assertThat(answer.timings().totalMs()).isNotNegative();
        assertThat(generator.prompts()).containsExactly(Prompt.of(Questions.PLAIN, grounded.passages()));
    }

    @Test
    void theHeadersOfTheQuestionGoOn() {
        GroundedQuestion grounded = Questions.grounded(Questions.STREAMS);

        Reply reply = answering(new FakeGenerator("Streams. [1]")).apply(grounded);

        assertThat(reply.headers()).isEqualTo(grounded.source().headers());
    }

    @Test
    void withoutPassagesNoModelIsAsked() {
        FakeGenerator generator = new FakeGenerator("I know it anyway.");

        Answer answer = answering(generator).apply(Questions.grounded()).answer();

        assertThat(generator.prompts()).isEmpty();
        assertThat(answer.status()).isEqualTo(Answer.Status.NO_ANSWER);
        assertThat(answer.answer()).isNull();
        assertThat(answer.sources()).isEmpty();
        assertThat(answer.model()).isNull();
        assertThat(answer.tokens()).isNull();
    }

    @Test
    void aModelThatSaysItCannotAnswerGivesNoAnswer() {
        FakeGenerator generator = new FakeGenerator(Prompt.NO_ANSWER);

        Answer answer = answering(generator)
                .apply(Questions.grounded(Questions.STREAMS))
                .answer();

        assertThat(answer.status()).isEqualTo(Answer.Status.NO_ANSWER);
        assertThat(answer.answer()).isNull();
        assertThat(answer.sources()).containsExactly(Questions.STREAMS);
        assertThat(answer.model()).isEqualTo("fake-chat");
        assertThat(answer.tokens()).isEqualTo(new Answer.Tokens(7, 3));
    }

    @Test
    void anAnswerWithoutAUsableCitationIsAskedForOnceMoreAndThenFailsWithTheReason() {
        FakeGenerator generator = new FakeGenerator("Streams feed a tarn.", "Streams feed a tarn [7].");

        Answer answer = answering(generator)
                .apply(Questions.grounded(Questions.STREAMS))
                .answer();

        assertThat(answer.status()).isEqualTo(Answer.Status.FAILED);
        assertThat(answer.answer()).isNull();
        assertThat(answer.error())
                .isEqualTo("answer: the model's answer can't be used, though it was asked twice: it cites [7], but the"
                        + " passages are [1]");
        assertThat(answer.sources()).containsExactly(Questions.STREAMS);
        assertThat(answer.tokens()).isEqualTo(new Answer.Tokens(14, 6));
        assertThat(count("askedAgain")).isEqualTo(1);
    }

    @Test
    void statementsAreCountedByTheirSupport() {
        FakeGenerator generator = new FakeGenerator("Streams feed a tarn [1]. They say so.");

        answering(generator).apply(Questions.grounded(Questions.STREAMS));

        assertThat(count("support", "supported", "statements")).isEqualTo(1);
        assertThat(count("support", "unsupported", "statements")).isEqualTo(1);
        assertThat(count("askedAgain")).isZero();
    }

    @Test
    void anAnswerWhoseCheckFailsForNowIsNotWrittenAgain() {
        FakeGenerator generator = new FakeGenerator("Brooks are what fills it [1].");
        AnswerQuestion answering = answering(generator);
        GroundedQuestion grounded = Questions.grounded(Questions.STREAMS);
        embedder.fail(texts -> true, new TransientFailure("away", null));
        assertThatThrownBy(() -> answering.apply(grounded)).isInstanceOf(TransientFailure.class);
        embedder.recover();

        Answer answer = answering.apply(grounded).answer();

        assertThat(answer.status()).isEqualTo(Answer.Status.ANSWERED);
        assertThat(answer.tokens()).isEqualTo(new Answer.Tokens(7, 3));
        assertThat(generator.prompts()).hasSize(1);
    }

    private AnswerQuestion answering(FakeGenerator generator) {
        return Questions.answering(generator, embedder, Metrics.of(told.getMetricGroup()));
    }

    private long count(String... name) {
        List<String> path = new ArrayList<>(List.of("tarn"));
        path.addAll(List.of(name));
        return told.getCounter(path.toArray(String[]::new)).orElseThrow().getCount();
    }
}
