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
        /** Nothing relevant was found, or the model says that the passages don't hold the answer. */
        @JsonProperty("no_answer")
        NO_ANSWER,
        /** A step failed for good; {@code error} says why. */
        @JsonProperty("failed")
        FAILED
    }

    /** Milliseconds that each step took; totalMs is from the arrival in the job to the answer. */
    public record Timings(long embedMs, long retrieveMs, long generateMs, long totalMs) {}

    /** Tokens read and written by the generating model; null where the server doesn't count. */
    public record Tokens(Integer prompt, Integer completion) {}

    /** The id and the status; never the content. */
    @Override
    public String toString() {
        return "Answer[id=" + id + ", " + status + "]";
    }
}
