package dev.tarn.question;

import dev.tarn.source.SourceRecord;
import dev.tarn.source.Sourced;
import java.time.Instant;

/**
 * A question that has arrived.
 *
 * @param source the record
 * @param question what it asks
 * @param receivedAt when the job read it
 */
public record AskedQuestion(SourceRecord source, Question question, Instant receivedAt) implements Sourced {}
