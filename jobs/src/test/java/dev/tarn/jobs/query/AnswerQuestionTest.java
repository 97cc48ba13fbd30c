package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.jobs.testing.FakeGenerator;
import dev.tarn.question.Answer;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.Prompt;
import dev.tarn.question.Reply;
import org.junit.jupiter.api.Test;

class AnswerQuestionTest {

    @Test
    void anAnswerSaysWhatItRestsOnAndWhoMadeIt() {
        FakeGenerator generator = new FakeGenerator("Streams feed it [1].");
        GroundedQuestion grounded = Questions.grounded(Questions.STREAMS);

        Reply reply = new AnswerQuestion(generator, "fake-embedder").apply(grounded);

        Answer answer = reply.answer();
        assertThat(answer.id()).isEqualTo("q-1");
        assertThat(answer.question()).isEqualTo("What feeds a tarn?");
        assertThat(answer.status()).isEqualTo(Answer.Status.ANSWERED);
        assertThat(answer.answer()).isEqualTo("Streams feed it [1].");
        assertThat(answer.sources()).containsExactly(Questions.STREAMS);
        assertThat(answer.model()).isEqualTo("fake-chat");
        assertThat(answer.embeddingModel()).isEqualTo("fake-embedder");
        assertThat(answer.error()).isNull();
        assertThat(answer.tokens()).isEqualTo(new Answer.Tokens(7, 3));
        assertThat(answer.timings().embedMs()).isEqualTo(9);
        assertThat(answer.timings().retrieveMs()).isEqualTo(3);
        assertThat(answer.timings().totalMs()).isNotNegative();
        assertThat(generator.prompts()).containsExactly(Prompt.of(Questions.PLAIN, grounded.passages()));
    }

    @Test
    void theHeadersOfTheQuestionGoOn() {
        GroundedQuestion grounded = Questions.grounded(Questions.STREAMS);

        Reply reply = new AnswerQuestion(new FakeGenerator("Streams."), "fake-embedder").apply(grounded);

        assertThat(reply.headers()).isEqualTo(grounded.source().headers());
    }

    @Test
    void withoutPassagesNoModelIsAsked() {
        FakeGenerator generator = new FakeGenerator("I know it anyway.");

        Answer answer = new AnswerQuestion(generator, "fake-embedder")
                .apply(Questions.grounded())
                .answer();

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

        Answer answer = new AnswerQuestion(generator, "fake-embedder")
                .apply(Questions.grounded(Questions.STREAMS))
                .answer();

        assertThat(answer.status()).isEqualTo(Answer.Status.NO_ANSWER);
        assertThat(answer.answer()).isNull();
        assertThat(answer.sources()).containsExactly(Questions.STREAMS);
        assertThat(answer.model()).isEqualTo("fake-chat");
        assertThat(answer.tokens()).isEqualTo(new Answer.Tokens(7, 3));
    }

    @Test
    void theClientIsClosed() {
        FakeGenerator generator = new FakeGenerator("");

        new AnswerQuestion(generator, "fake-embedder").close();

        assertThat(generator.isClosed()).isTrue();
    }
}
