package dev.tarn.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of a document's chunks, as its manifest holds it. Elements that follow each other were mostly written by one
 * record, whose position is then stored once.
 *
 * @param elements in the document's order
 */
record ElementOrder(List<String> elements) {
    /** Of the manifest; not there for a single chunk, nor in manifests that were written before there was an order. */
    static final String FIELD = "order";

    private static final String SEPARATOR = " ";

    static ElementOrder of(List<String> elements) {
        return new ElementOrder(elements);
    }

    /** Reads what {@link #stored} wrote; of null, that nothing is known. */
    static ElementOrder parse(String stored) {
        List<String> elements = new ArrayList<>();
        String position = "";
        for (String part : stored == null ? new String[0] : stored.split(SEPARATOR, -1)) {
            int dot = part.indexOf('.');
            position = dot < 0 ? position : part.substring(dot);
            elements.add((dot < 0 ? part : part.substring(0, dot)) + position);
        }
        return new ElementOrder(elements);
    }

    /** As text; empty where one chunk is all. */
    String stored() {
        if (elements.size() < 2) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        String before = "";
        for (String element : elements) {
            String position = element.substring(element.indexOf('.'));
            parts.add(position.equals(before) ? Keys.hashOf(element) : element);
            before = position;
        }
        return String.join(SEPARATOR, parts);
    }

    /** The elements before this one, nearest first; none where it is not known. */
    List<String> before(String element, int count) {
        int place = elements.indexOf(element);
        List<String> before = new ArrayList<>();
        for (int i = place - 1; i >= 0 && before.size() < count; i--) {
            before.add(elements.get(i));
        }
        return before;
    }

    /** The elements after this one, nearest first; none where it is not known. */
    List<String> after(String element, int count) {
        int place = elements.indexOf(element);
        return place < 0 ? List.of() : elements.subList(place + 1, Math.min(place + 1 + count, elements.size()));
    }
}
