package dev.tarn.jobs.query;

import dev.tarn.jobs.flow.Worker;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.question.Answer;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.Reply;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;

/** Counts a worker's answers, and measures how long those who asked have waited. */
final class MeteredAnswers implements Worker<GroundedQuestion, Reply> {
    private final Worker<GroundedQuestion, Reply> worker;
    private final Counter answered;
    private final Counter noAnswer;
    private final Histogram milliseconds;

    MeteredAnswers(Worker<GroundedQuestion, Reply> worker, Metrics metrics) {
        this.worker = worker;
        answered = metrics.counter(MetricName.ANSWERS, "answered");
        noAnswer = metrics.counter(MetricName.ANSWERS, "no_answer");
        milliseconds = metrics.histogram(MetricName.ANSWER);
    }

    @Override
    public Reply apply(GroundedQuestion question) {
        Reply reply = worker.apply(question);
        (reply.answer().status() == Answer.Status.ANSWERED ? answered : noAnswer).inc();
        milliseconds.update(Duration.between(
                        question.source().position().timestamp(), reply.answer().answeredAt())
                .toMillis());
        return reply;
    }

    @Override
    public void close() {
        worker.close();
    }
}
