package dev.tarn.answer;

import dev.tarn.question.Answer;
import dev.tarn.question.Passage;
import java.util.List;

/**
 * How a question ended.
 *
 * @param status whether it was answered
 * @param text the answer with its citations, or null unless there is one
 * @param statements its sentences; empty unless there is an answer
 * @param evidence how much was found, or null where nothing was
 * @param given the passages that the model was given, or what was found where none was asked
 * @param error why it failed, or null unless it did
 * @param tokens what the model read and wrote in all, or null where none was asked
 * @param attempts how often the model was asked
 * @param generateNanos how long the model took for all of them
 * @param checkNanos how long the comparison with the passages took
 */
public record GroundedAnswer(
        Answer.Status status,
        String text,
        List<Answer.Statement> statements,
        Double evidence,
        List<Passage> given,
        String error,
        Answer.Tokens tokens,
        int attempts,
        long generateNanos,
        long checkNanos) {

    /** The status; never the content. */
    @Override
    public String toString() {
        return "GroundedAnswer[" + status + ", " + statements.size() + " statements]";
    }
}
