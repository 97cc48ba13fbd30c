package dev.tarn.question;

import dev.tarn.source.SourceRecord;
import dev.tarn.source.Sourced;

/**
 * A question that can be searched for.
 *
 * @param asked the question
 * @param vector of the question
 * @param embedMs how long the embedding took, in milliseconds
 */
public record EmbeddedQuestion(AskedQuestion asked, float[] vector, long embedMs) implements Sourced {

    @Override
    public SourceRecord source() {
        return asked.source();
    }
}
