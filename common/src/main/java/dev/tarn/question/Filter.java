package dev.tarn.question;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.tarn.document.MetadataValue;
import java.util.HashMap;
import java.util.Map;

/**
 * What a document's metadata must hold.
 *
 * @param fields field to what it must hold; empty lets every document pass
 */
public record Filter(Map<String, Condition> fields) {
    public static final Filter NONE = new Filter(Map.of());

    @JsonCreator
    public Filter {}

    /** For each field the value, or any of a list of values. */
    public static Filter of(Map<String, MetadataValue> values) {
        Map<String, Condition> fields = new HashMap<>();
        values.forEach((field, value) -> fields.put(field, Condition.of(value)));
        return new Filter(fields);
    }

    @Override
    @JsonValue
    public Map<String, Condition> fields() {
        return fields;
    }

    public boolean matches(Map<String, MetadataValue> metadata) {
        return fields.entrySet().stream().allMatch(field -> {
            MetadataValue held = metadata.get(field.getKey());
            return held != null && field.getValue().matches(held);
        });
    }

    /** The number of fields; never the content. */
    @Override
    public String toString() {
        return "Filter[" + fields.size() + " fields]";
    }
}
