package dev.tarn.index;

import dev.tarn.source.SourceHeader;
import java.util.List;

/**
 * What goes out to the index-events topic.
 *
 * @param receipt what became of a record
 * @param headers the trace context of the record
 */
public record IndexEvent(Receipt receipt, List<SourceHeader> headers) {}
