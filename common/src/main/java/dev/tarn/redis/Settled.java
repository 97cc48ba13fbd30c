package dev.tarn.redis;

import dev.tarn.index.RecordOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Which records have had their effect.
 *
 * @param below log to the offset below which they have; in a log that is left out, all have
 * @param byDigest the same, by what an element's name says of the log
 */
record Settled(Map<String, Long> below, Map<String, Long> byDigest) {

    static Settled below(Map<String, Long> progress) {
        Map<String, Long> byDigest = new HashMap<>();
        progress.forEach((log, offset) -> byDigest.put(Keys.logDigest(log), offset));
        return new Settled(progress, byDigest);
    }

    boolean includes(RecordOrder order) {
        return order.offset() < below.getOrDefault(order.log(), Long.MAX_VALUE);
    }

    /** Whether the record that wrote the element has; what has no such name is nobody's. */
    boolean includes(String element) {
        String[] place = element.substring(element.indexOf('.') + 1).split("-", 3);
        if (place.length < 3) {
            return true;
        }
        try {
            return Long.parseLong(place[1]) < byDigest.getOrDefault(place[2], Long.MAX_VALUE);
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
