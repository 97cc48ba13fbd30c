package dev.tarn.question;

import dev.tarn.source.SourceHeader;
import java.util.List;

/**
 * What goes out to the answers topic.
 *
 * @param answer the answer
 * @param headers those of the question, so that a trace goes on
 */
public record Reply(Answer answer, List<SourceHeader> headers) {}
