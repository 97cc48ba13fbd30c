package dev.tarn.jobs.query;

import dev.tarn.jobs.flow.Worker;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.question.Answer;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.Reply;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;

/** Counts a worker's answers, and measures how long those who asked have waited. */
final class MeteredAnswers implements Worker<GroundedQuestion, Reply> {
    private final Worker<GroundedQuestion, Reply> worker;
    private final Map<Answer.Status, Counter> answers = new EnumMap<>(Answer.Status.class);
    private final Histogram milliseconds;

    MeteredAnswers(Worker<GroundedQuestion, Reply> worker, Metrics metrics) {
        this.worker = worker;
        answers.put(Answer.Status.ANSWERED, metrics.counter(MetricName.ANSWERS, "answered"));
        answers.put(Answer.Status.NO_ANSWER, metrics.counter(MetricName.ANSWERS, "no_answer"));
        answers.put(Answer.Status.FAILED, metrics.counter(MetricName.ANSWERS, "failed"));
        milliseconds = metrics.histogram(MetricName.ANSWER);
    }

    @Override
    public Reply apply(GroundedQuestion question) {
        Reply reply = worker.apply(question);
        answers.get(reply.answer().status()).inc();
        milliseconds.update(Duration.between(
                        question.source().position().timestamp(), reply.answer().answeredAt())
                .toMillis());
        return reply;
    }

    @Override
    public void forget(GroundedQuestion question) {
        worker.forget(question);
    }

    @Override
    public void close() {
        worker.close();
    }
}
