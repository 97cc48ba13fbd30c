package dev.tarn.jobs.query;

import dev.tarn.answer.AnswerSettings;
import dev.tarn.answer.GroundedAnswer;
import dev.tarn.answer.GroundedAnswers;
import dev.tarn.jobs.flow.TaskClients;
import dev.tarn.jobs.flow.TaskModel;
import dev.tarn.jobs.flow.Worker;
import dev.tarn.jobs.metrics.MeteredEmbedder;
import dev.tarn.jobs.metrics.MeteredGenerator;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.model.Embedder;
import dev.tarn.model.Generator;
import dev.tarn.ollama.OllamaGenerator;
import dev.tarn.question.Answer;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;

/** Answers a question from its passages, and holds the answer to them; where too little was found no model is asked. */
final class AnswerQuestion implements Worker<GroundedQuestion, Reply> {
    private final Generator generator;
    private final String embeddingModel;
    private final GroundedAnswers answers;

    /** Answers whose check is still to come: where it fails for now, the chat model need not write them again. */
    private final Map<GroundedQuestion, Supplier<GroundedAnswer>> written =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private final Counter askedAgain;
    private final Counter supported;
    private final Counter unsupported;

    AnswerQuestion(
            Generator generator, Embedder embedder, String embeddingModel, AnswerSettings settings, Metrics metrics) {
        this.generator = generator;
        this.embeddingModel = embeddingModel;
        answers = new GroundedAnswers(generator, embedder, settings);
        askedAgain = metrics.counter(MetricName.ASKED_AGAIN);
        supported = metrics.counter(MetricName.STATEMENTS, "supported");
        unsupported = metrics.counter(MetricName.STATEMENTS, "unsupported");
    }

    /** Opens the clients, and checks that the server has the models. */
    static AnswerQuestion open(QuerySettings settings, Metrics metrics, TaskClients clients) {
        Generator generator = new MeteredGenerator(
                clients.get(
                        OllamaGenerator.class,
                        () -> new OllamaGenerator(
                                settings.chatModel(), settings.answers().contextTokens())),
                metrics);
        generator.check();
        Embedder embedder = new MeteredEmbedder(
                TaskModel.of(clients, settings.embeddingModel(), metrics).embedder(), metrics);
        return new AnswerQuestion(generator, embedder, settings.embeddingModel().model(), settings.answers(), metrics);
    }

    @Override
    public Reply apply(GroundedQuestion grounded) {
        Supplier<GroundedAnswer> check = written.get(grounded);
        if (check == null) {
            check = answers.written(grounded.asked().question(), grounded.passages());
            written.put(grounded, check);
        }
        GroundedAnswer answered = check.get();
        written.remove(grounded);
        askedAgain.inc(Math.max(0, answered.attempts() - 1));
        answered.statements().forEach(statement -> (statement.supported() ? supported : unsupported).inc());
        return reply(grounded, answered);
    }

    @Override
    public void forget(GroundedQuestion grounded) {
        written.remove(grounded);
    }

    private Reply reply(GroundedQuestion grounded, GroundedAnswer answered) {
        Instant now = Instant.now();
        long totalMs = Stopwatch.rounded(
                Duration.between(grounded.asked().receivedAt(), now).toNanos());
        Answer answer = new Answer(
                grounded.asked().question().id(),
                grounded.asked().question().question(),
                answered.status(),
                answered.text(),
                answered.statements(),
                answered.evidence(),
                answered.given(),
                answered.attempts() == 0 ? null : generator.model(),
                embeddingModel,
                answered.error() == null ? null : "answer: " + answered.error(),
                new Answer.Timings(
                        grounded.embedMs(),
                        grounded.retrieveMs(),
                        Stopwatch.rounded(answered.generateNanos()),
                        Stopwatch.rounded(answered.checkNanos()),
                        totalMs),
                answered.tokens(),
                now);
        return new Reply(answer, grounded.source().headers());
    }
}
