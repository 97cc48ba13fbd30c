package dev.tarn.redis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a script answered: a status, then what the script's comment says. */
record Reply(List<Object> values) {

    String status() {
        return text(0);
    }

    String text(int index) {
        return (String) values.get(index);
    }

    long number(int index) {
        return (Long) values.get(index);
    }

    List<String> elements(int index) {
        return texts((List<?>) values.get(index));
    }

    /** Elements and their collections. */
    Map<String, String> marked(int index) {
        List<String> flat = elements(index);
        Map<String, String> marked = new LinkedHashMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            marked.put(flat.get(i), flat.get(i + 1));
        }
        return marked;
    }

    static List<String> texts(List<?> values) {
        return values.stream().map(String.class::cast).toList();
    }
}
