package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.jobs.testing.FakeEmbedder;
import dev.tarn.jobs.testing.FakeGenerator;
import dev.tarn.question.GroundedQuestion;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class MeteredAnswersTest {

    @Test
    void anAnswerCountsByItsStatusAndTellsHowLongItWasWaitedFor() {
        MetricListener told = new MetricListener();
        FakeGenerator generator = new FakeGenerator("Streams. [1]", "Streams. [1]", "Streams.");
        Metrics metrics = Metrics.of(told.getMetricGroup());
        GroundedQuestion question = Questions.grounded(Questions.STREAMS);
        Duration age = Duration.between(question.source().position().timestamp(), Instant.now());

        try (MeteredAnswers answers =
                new MeteredAnswers(Questions.answering(generator, new FakeEmbedder(), metrics), metrics)) {
            answers.apply(question);
            answers.apply(question);
            answers.apply(question);
            answers.apply(Questions.grounded());
        }

        assertThat(count(told, "answered")).isEqualTo(2);
        assertThat(count(told, "no_answer")).isEqualTo(1);
        assertThat(count(told, "failed")).isEqualTo(1);
        assertThat(told.getHistogram("tarn", "answerMs")
                        .orElseThrow()
                        .getStatistics()
                        .getMin())
                .isGreaterThanOrEqualTo(age.toMillis());
    }

    private static long count(MetricListener told, String status) {
        return told.getCounter("tarn", "status", status, "answers")
                .orElseThrow()
                .getCount();
    }
}
