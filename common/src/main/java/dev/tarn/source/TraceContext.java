package dev.tarn.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The headers that join what stems from one record in a trace.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C, Trace Context</a>
 */
public final class TraceContext {
    private static final Set<String> NAMES = Set.of("traceparent", "tracestate");

    /** As long as everybody has to carry a {@code tracestate}. */
    private static final int MAX_BYTES = 512;

    private TraceContext() {}

    /** The trace context among a record's headers, without what is too long to be one; of each name the last. */
    public static List<SourceHeader> of(List<SourceHeader> headers) {
        Map<String, SourceHeader> context = new LinkedHashMap<>();
        for (SourceHeader header : headers) {
            if (NAMES.contains(header.key()) && header.value() != null && header.value().length <= MAX_BYTES) {
                context.put(header.key(), header);
            }
        }
        return List.copyOf(context.values());
    }
}
