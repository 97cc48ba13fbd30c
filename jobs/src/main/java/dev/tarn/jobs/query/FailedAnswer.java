package dev.tarn.jobs.query;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.question.Answer;
import dev.tarn.question.Question;
import dev.tarn.question.QuestionParser;
import dev.tarn.question.Reply;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;

/** Tells who asked that a later stage failed for good. */
record FailedAnswer(QuestionParser parser, String model, String embeddingModel)
        implements MapFunction<DeadLetter, Reply> {

    @Override
    public Reply map(DeadLetter failed) {
        Question question = parser.parse(failed.source());
        Answer answer = new Answer(
                question.id(),
                question.question(),
                Answer.Status.FAILED,
                null,
                List.of(),
                model,
                embeddingModel,
                failed.stage() + ": " + failed.reason(),
                null,
                null,
                Instant.now());
        return new Reply(answer, failed.source().headers());
    }
}
