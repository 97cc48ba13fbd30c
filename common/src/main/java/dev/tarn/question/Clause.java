package dev.tarn.question;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tarn.document.MetadataValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A filter as a tree: a document passes that passes all parts of it. Without any part it lets every document pass.
 *
 * @param fields field to what it must hold
 * @param all clauses that must all let the document pass
 * @param any clauses of which one must let the document pass; empty for no such part
 * @param none a clause that must not let the document pass, or null
 */
public record Clause(Map<String, Condition> fields, List<Clause> all, List<Clause> any, Clause none) {
    static final String ALL = "$and";
    static final String ANY = "$or";
    static final String NONE = "$not";

    /** Whether a document with this metadata passes. A field that it lacks holds nothing, so that a {@code $not} passes. */
    public boolean matches(Map<String, MetadataValue> metadata) {
        return fields.entrySet().stream().allMatch(field -> {
                    MetadataValue held = metadata.get(field.getKey());
                    return held != null && field.getValue().matches(held);
                })
                && all.stream().allMatch(clause -> clause.matches(metadata))
                && (any.isEmpty() || any.stream().anyMatch(clause -> clause.matches(metadata)))
                && (none == null || !none.matches(metadata));
    }

    /** Goes through every field of the tree and what it must hold. */
    public void forEach(BiConsumer<String, Condition> conditions) {
        fields.forEach(conditions);
        all.forEach(clause -> clause.forEach(conditions));
        any.forEach(clause -> clause.forEach(conditions));
        if (none != null) {
            none.forEach(conditions);
        }
    }

    /** The members of the JSON object, in order, so that equal clauses are equal text. */
    @JsonValue
    Map<String, Object> toJson() {
        Map<String, Object> members = new TreeMap<>();
        fields.forEach((name, condition) -> members.put(ClauseReader.escaped(name), condition));
        if (!all.isEmpty()) {
            members.put(ALL, all);
        }
        if (!any.isEmpty()) {
            members.put(ANY, any);
        }
        if (none != null) {
            members.put(NONE, none);
        }
        return members;
    }

    /** The number of fields; never the content. */
    @Override
    public String toString() {
        int[] count = {0};
        forEach((name, condition) -> count[0]++);
        return "Clause[" + count[0] + " fields]";
    }
}
