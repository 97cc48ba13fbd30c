package dev.tarn.jobs.flow;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The elements that a stage has under way, and the watermarks that wait for them. Of watermarks that wait for the same
 * elements only the last is kept, so that there are never more of them than elements.
 */
final class InFlight<T> {
    private static final long NONE = -1;

    private final NavigableMap<Long, StreamRecord<T>> elements = new TreeMap<>();

    /** By the number of the first element that came after the watermark. */
    private final NavigableMap<Long, Watermark> watermarks = new TreeMap<>();

    private long next;

    /** Takes an element, and gives it a number. */
    long add(StreamRecord<T> element) {
        elements.put(next, element);
        return next++;
    }

    /** Gives back an element that is done. */
    StreamRecord<T> remove(long number) {
        StreamRecord<T> element = elements.remove(number);
        Long before = elements.lowerKey(number);
        Long after = elements.higherKey(number);
        NavigableMap<Long, Watermark> waiting =
                watermarks.subMap(before == null ? NONE : before, false, after == null ? next : after, true);
        if (waiting.size() > 1) {
            waiting.pollFirstEntry();
        }
        return element;
    }

    /** Takes a watermark. */
    void hold(Watermark watermark) {
        watermarks
                .tailMap(elements.isEmpty() ? NONE : elements.lastKey(), false)
                .clear();
        watermarks.put(next, watermark);
    }

    /** Gives back the watermark for which every element that came before it is done. */
    Optional<Watermark> release() {
        Map.Entry<Long, Watermark> first = watermarks.firstEntry();
        if (first == null || (!elements.isEmpty() && elements.firstKey() < first.getKey())) {
            return Optional.empty();
        }
        watermarks.remove(first.getKey());
        return Optional.of(first.getValue());
    }

    boolean holdsWatermark() {
        return !watermarks.isEmpty();
    }

    boolean isEmpty() {
        return elements.isEmpty();
    }

    int size() {
        return elements.size();
    }

    /** The elements in the order in which they came. */
    List<StreamRecord<T>> elements() {
        return List.copyOf(elements.values());
    }
}
