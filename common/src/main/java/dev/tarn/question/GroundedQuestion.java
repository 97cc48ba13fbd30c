package dev.tarn.question;

import dev.tarn.source.SourceRecord;
import dev.tarn.source.Sourced;
import java.util.List;

/**
 * A question with what was found for it.
 *
 * @param asked the question
 * @param passages what was found, nearest first; empty when nothing is relevant
 * @param embedMs how long the embedding took, in milliseconds
 * @param retrieveMs how long it took to find the passages, in milliseconds
 */
public record GroundedQuestion(AskedQuestion asked, List<Passage> passages, long embedMs, long retrieveMs)
        implements Sourced {

    @Override
    public SourceRecord source() {
        return asked.source();
    }
}
