package dev.tarn.jobs.query;

import dev.tarn.jobs.flow.Worker;
import dev.tarn.jobs.metrics.MeteredGenerator;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.model.Generation;
import dev.tarn.model.Generator;
import dev.tarn.ollama.OllamaGenerator;
import dev.tarn.question.Answer;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.Prompt;
import dev.tarn.question.Reply;
import java.time.Duration;
import java.time.Instant;

/** Answers a question from its passages; without passages no model is asked. */
record AnswerQuestion(Generator generator, String embeddingModel) implements Worker<GroundedQuestion, Reply> {

    /** Opens the client, and checks that the server has the model. */
    static AnswerQuestion open(QuerySettings settings, Metrics metrics) {
        Generator generator =
                new MeteredGenerator(new OllamaGenerator(settings.chatModel(), settings.contextTokens()), metrics);
        try {
            generator.check();
            return new AnswerQuestion(generator, settings.embeddingModel().model());
        } catch (RuntimeException e) {
            generator.close();
            throw e;
        }
    }

    @Override
    public Reply apply(GroundedQuestion grounded) {
        if (grounded.passages().isEmpty()) {
            return reply(grounded, Answer.Status.NO_ANSWER, null, 0);
        }
        Stopwatch watch = Stopwatch.start();
        Generation generation = generator.generate(Prompt.of(grounded.asked().question(), grounded.passages()));
        Answer.Status status = Prompt.isNoAnswer(generation.text()) ? Answer.Status.NO_ANSWER : Answer.Status.ANSWERED;
        return reply(grounded, status, generation, watch.elapsedMs());
    }

    private Reply reply(GroundedQuestion grounded, Answer.Status status, Generation generation, long generateMs) {
        Instant now = Instant.now();
        long totalMs = Duration.between(grounded.asked().receivedAt(), now).toMillis();
        Answer answer = new Answer(
                grounded.asked().question().id(),
                grounded.asked().question().question(),
                status,
                status == Answer.Status.ANSWERED ? generation.text() : null,
                grounded.passages(),
                generation == null ? null : generator.model(),
                embeddingModel,
                null,
                new Answer.Timings(grounded.embedMs(), grounded.retrieveMs(), generateMs, totalMs),
                generation == null ? null : new Answer.Tokens(generation.promptTokens(), generation.completionTokens()),
                now);
        return new Reply(answer, grounded.source().headers());
    }

    @Override
    public void close() {
        generator.close();
    }
}
