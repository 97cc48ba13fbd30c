package dev.tarn.question;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What is published for a question.
 *
 * @param id the question's id
 * @param question the question
 * @param status whether it was answered
 * @param answer the answer with its citations, or null unless there is one
 * @param statements the answer's sentences, each with what it cites; empty unless there is an answer
 * @param evidence how much was found for the question, as {@code --min-evidence} counts it; null where nothing was
 * @param sources the passages that the model was given, nearest first; citation {@code [n]} is the one numbered n
 * @param model the generating model, or null where none was asked
 * @param embeddingModel the embedding model
 * @param error why it failed, or null unless it did
 * @param timings how long each step took
 * @param tokens what the model read and wrote, or null where none was asked
 * @param answeredAt when the answer was complete
 */
public record Answer(
        String id,
        String question,
        Status status,
        String answer,
        List<Statement> statements,
        Double evidence,
        List<Passage> sources,
        String model,
        String embeddingModel,
        String error,
        Timings timings,
        Tokens tokens,
        Instant answeredAt) {

    /** How a question ended. */
    public enum Status {
        /** The model answered from the passages. */
        @JsonProperty("answered")
        ANSWERED,
        /** Too little was found, or the model says that the passages don't hold the answer. */
        @JsonProperty("no_answer")
        NO_ANSWER,
        /** A step failed for good; {@code error} says why. */
        @JsonProperty("failed")
        FAILED
    }

    /**
     * Of a question that a step refused, with nothing of what the others did.
     *
     * @param model the generating model, or null where none was asked
     */
    public static Answer failed(
            Question question, String model, String embeddingModel, String error, Instant answeredAt) {
        return new Answer(
                question.id(),
                question.question(),
                Status.FAILED,
                null,
                List.of(),
                null,
                List.of(),
                model,
                embeddingModel,
                error,
                Timings.NONE,
                null,
                answeredAt);
    }

    /**
     * A sentence of the answer.
     *
     * @param text the sentence without its citations
     * @param citations the passages that it cites, or that the next sentence cites where it has no citation of its own
     * @param support how near it is to what these passages say, as a cosine similarity; 1 where they say it word by word;
     *     null without citations
     * @param supported whether that is near enough
     */
    public record Statement(String text, List<Integer> citations, Double support, boolean supported) {

        /** What it cites, and the support; never the content. */
        @Override
        public String toString() {
            return "Statement[" + citations + ", " + support + "]";
        }
    }

    /**
     * Milliseconds that each step took, or 0 where it was not reached; generateMs is what the calls of the chat model
     * took, and totalMs is from the arrival in the job to the answer. Of a question that a step refused nothing is known,
     * and all are 0.
     */
    public record Timings(long embedMs, long retrieveMs, long generateMs, long checkMs, long totalMs) {
        static final Timings NONE = new Timings(0, 0, 0, 0, 0);
    }

    /** Tokens read and written by the generating model; null where the server doesn't count. */
    public record Tokens(Integer prompt, Integer completion) {}

    /** The id and the status; never the content. */
    @Override
    public String toString() {
        return "Answer[id=" + id + ", " + status + "]";
    }
}
