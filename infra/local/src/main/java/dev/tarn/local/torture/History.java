package dev.tarn.local.torture;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every revision of every document that was ever published, by its number. */
final class History {
    private final Map<String, List<Revision>> revisions = new ConcurrentHashMap<>();

    /** Must know of a revision before anybody can read it. */
    void add(Revision revision) {
        List<Revision> ofKey = revisions.computeIfAbsent(revision.key(), key -> new CopyOnWriteArrayList<>());
        if (revision.number() != ofKey.size()) {
            throw new IllegalStateException("revision " + revision.number() + " follows " + (ofKey.size() - 1));
        }
        ofKey.add(revision);
    }

    /** Null if there is none. */
    Revision get(String key, int number) {
        List<Revision> ofKey = revisions.getOrDefault(key, List.of());
        return number < ofKey.size() ? ofKey.get(number) : null;
    }

    /** Null if there is none. */
    Revision latest(String key) {
        List<Revision> ofKey = revisions.getOrDefault(key, List.of());
        return ofKey.isEmpty() ? null : ofKey.get(ofKey.size() - 1);
    }
}
