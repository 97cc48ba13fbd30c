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
import java.util.function.Supplier;

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
     * @throws PermanentFailure when the model refuses the prompt, or has cut one of a single passage
     * @throws TransientFailure when a model can't answer now
     */
    public GroundedAnswer answer(Question question, List<Passage> passages) {
        return written(question, passages).get();
    }

    /**
     * Has the answer written, and returns what compares it with the passages: where that fails for now it can be called again
     * without another call of the chat model. Else as {@link #answer}.
     */
    public Supplier<GroundedAnswer> written(Question question, List<Passage> passages) {
        if (passages.isEmpty()) {
            return unasked(Status.NO_ANSWER, null, passages, null);
        }
        double evidence = Evidence.of(question.question(), passages);
        if (evidence < settings.minEvidence()) {
            return unasked(Status.NO_ANSWER, evidence, passages, null);
        }
        List<Passage> fitting = budget.fit(question, passages);
        if (fitting.isEmpty()) {
            return unasked(Status.FAILED, evidence, passages, budget.tooLong());
        }
        Attempts attempts = new Attempts(evidence, fitting);
        Reply reply = attempts.ask(question);
        if (reply.fault() != null) {
            reply = attempts.askAgain(question, reply.fault());
        }
        Reply last = reply;
        if (last.fault() != null) {
            return () -> attempts.end(
                    Status.FAILED,
                    null,
                    List.of(),
                    "the model's answer can't be used, though it was asked twice: " + last.fault());
        }
        return last.isNoAnswer()
                ? () -> attempts.end(Status.NO_ANSWER, null, List.of(), null)
                : () -> attempts.checked(last);
    }

    private static Supplier<GroundedAnswer> unasked(
            Status status, Double evidence, List<Passage> passages, String error) {
        return () -> new GroundedAnswer(status, null, List.of(), evidence, passages, error, null, 0, 0, 0);
    }

    /**
     * What the model replied.
     *
     * @param draft how the text is read
     * @param fault why it can't be used, or null
     */
    private record Reply(String text, Draft draft, boolean isNoAnswer, String fault) {

        static Reply of(Generation generation, List<Passage> given) {
            String said = Thinking.without(VisibleText.of(generation.text()));
            String text = Addresses.without(said, given);
            Draft draft = Draft.of(text);
            if (!generation.isWhole()) {
                return new Reply(text, draft, false, "it is longer than what --chat-context leaves room for");
            }
            boolean isNoAnswer = Prompt.isNoAnswer(text, given);
            return new Reply(text, draft, isNoAnswer, isNoAnswer ? null : draft.fault(given));
        }
    }

    /** One question's calls of the model. */
    private final class Attempts {
        private final double evidence;
        private List<Passage> given;
        private Integer promptTokens;
        private Integer completionTokens;
        private int count;
        private long generateNanos;

        Attempts(double evidence, List<Passage> given) {
            this.evidence = evidence;
            this.given = given;
        }

        /** Asks with as many of the passages as the model was not too short of room for. */
        Reply ask(Question question) {
            Generation generation = generate(Prompt.of(question, given));
            while (budget.isCut(generation, given)) {
                given = budget.half(given);
                generation = generate(Prompt.of(question, given));
            }
            return Reply.of(generation, given);
        }

        /** Tells what was wrong, unless there is no room for that: then what was wrong is that it was too much. */
        Reply askAgain(Question question, String fault) {
            Generation generation = generate(Prompt.of(question, given).again(fault));
            if (budget.isCut(generation, given)) {
                given = budget.half(given);
                return ask(question);
            }
            return Reply.of(generation, given);
        }

        private Generation generate(Prompt prompt) {
            long began = System.nanoTime();
            Generation generation = generator.generate(prompt);
            generateNanos += System.nanoTime() - began;
            count++;
            promptTokens = sum(promptTokens, generation.promptTokens());
            completionTokens = sum(completionTokens, generation.completionTokens());
            return generation;
        }

        GroundedAnswer checked(Reply reply) {
            long began = System.nanoTime();
            List<Answer.Statement> statements = support.of(reply.draft(), given);
            return end(Status.ANSWERED, reply.text(), statements, null, System.nanoTime() - began);
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
                    generateNanos,
                    checkNanos);
        }

        private static Integer sum(Integer before, Integer more) {
            return before == null ? more : more == null ? before : Integer.valueOf(before + more);
        }
    }
}
