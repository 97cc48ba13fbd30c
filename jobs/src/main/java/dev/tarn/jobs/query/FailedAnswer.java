package dev.tarn.jobs.query;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.question.Answer;
import dev.tarn.question.Question;
import dev.tarn.question.QuestionParser;
import dev.tarn.question.Reply;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;

/** Tells who asked that a stage failed for good. The answer's stage does so only where a model has refused. */
final class FailedAnswer extends RichMapFunction<DeadLetter, Reply> {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final String embeddingModel;
    private transient Counter answers;

    FailedAnswer(String model, String embeddingModel) {
        this.model = model;
        this.embeddingModel = embeddingModel;
    }

    @Override
    public void open(OpenContext context) {
        answers = Metrics.of(getRuntimeContext().getMetricGroup()).counter(MetricName.ANSWERS, "failed");
    }

    @Override
    public Reply map(DeadLetter failed) {
        Question question = QuestionParser.UNLIMITED
                .parseUnfiltered(failed.source()) // it may have been read by a job with another limit
                .orElseThrow(() -> new IllegalStateException("a question that was read can't be read again"));
        String asked = failed.stage().equals(QueryJob.ANSWER) ? model : null;
        Answer answer =
                Answer.failed(question, asked, embeddingModel, failed.stage() + ": " + failed.reason(), Instant.now());
        answers.inc();
        return new Reply(answer, failed.source().headers());
    }
}
