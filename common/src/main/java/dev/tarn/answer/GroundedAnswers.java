package dev.tarn.answer;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.model.Embedder;
import dev.tarn.model.Generation;
import dev.tarn.model.Generator;
import dev.tarn.question.Answer;
import dev.tarn.question.Answer.Status;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import dev.tarn.text.VisibleText;
import java.util.List;

/** Answers questions from passages, and holds the answers to them. Safe for many threads where the models are. */
public final class GroundedAnswers {
    private final Generator generator;
    private final AnswerSettings settings;
    private final PromptBudget budget;
    private final Support support;

    /** The models stay the caller's to close. */
    public GroundedAnswers(Generator generator, Embedder embedder, AnswerSettings settings) {
        this.generator = generator;
        this.settings = settings;
        budget = new PromptBudget(settings.contextTokens());
        support = new Support(embedder, settings.minSupport());
    }

    /**
     * Answers a question. An answer that cites nothing, or a passage that was not given, is asked for once more.
     *
     * @param passages what was found, nearest first; may be empty
     * @throws PermanentFailure when the model refuses the prompt, or the prompt has no room for a passage
     * @throws TransientFailure when a model can't answer now
     */
    public GroundedAnswer answer(Question question, List<Passage> passages) {
        if (passages.isEmpty()) {
            return unasked(null, passages);
        }
        double evidence = Evidence.of(question.question(), passages);
        if (evidence < settings.minEvidence()) {
            return unasked(evidence, passages);
        }
        List<Passage> given = budget.fit(question, passages);
        Prompt prompt = Prompt.of(question, given);
        Attempts attempts = new Attempts(evidence, given);
        String reply = attempts.ask(prompt);
        String fault = fault(reply, given);
        if (fault != null) {
            reply = attempts.ask(prompt.again(fault));
            fault = fault(reply, given);
        }
        if (fault != null) {
            return attempts.end(
                    Status.FAILED,
                    null,
                    List.of(),
                    "the model's answer can't be used, though it was asked twice: " + fault);
        }
        if (Prompt.isNoAnswer(reply)) {
            return attempts.end(Status.NO_ANSWER, null, List.of(), null);
        }
        return attempts.checked(reply);
    }

    private static GroundedAnswer unasked(Double evidence, List<Passage> passages) {
        return new GroundedAnswer(Status.NO_ANSWER, null, List.of(), evidence, passages, null, null, 0, 0);
    }

    private static String fault(String reply, List<Passage> given) {
        return Prompt.isNoAnswer(reply) ? null : Draft.fault(reply, given);
    }

    /** One question's calls of the model. */
    private final class Attempts {
        private final double evidence;
        private final List<Passage> given;
        private Integer promptTokens;
        private Integer completionTokens;
        private int count;

        Attempts(double evidence, List<Passage> given) {
            this.evidence = evidence;
            this.given = given;
        }

        String ask(Prompt prompt) {
            Generation generation = generator.generate(prompt);
            count++;
            promptTokens = sum(promptTokens, generation.promptTokens());
            completionTokens = sum(completionTokens, generation.completionTokens());
            return Addresses.without(VisibleText.of(generation.text()), given);
        }

        GroundedAnswer checked(String reply) {
            long began = System.nanoTime();
            List<Answer.Statement> statements = support.of(Draft.of(reply), given);
            return end(Status.ANSWERED, reply, statements, null, System.nanoTime() - began);
        }

        GroundedAnswer end(Status status, String text, List<Answer.Statement> statements, String error) {
            return end(status, text, statements, error, 0);
        }

        private GroundedAnswer end(
                Status status, String text, List<Answer.Statement> statements, String error, long checkNanos) {
            return new GroundedAnswer(
                    status,
                    text,
                    statements,
                    evidence,
                    given,
                    error,
                    new Answer.Tokens(promptTokens, completionTokens),
                    count,
                    checkNanos);
        }

        private static Integer sum(Integer before, Integer more) {
            return before == null ? more : more == null ? before : Integer.valueOf(before + more);
        }
    }
}
