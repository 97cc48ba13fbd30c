package dev.tarn.question;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.tarn.document.MetadataValue;
import java.util.Map;

/**
 * What a document's metadata must hold: for each field the value, or any of a list of values.
 *
 * @param fields field to wanted value; empty lets every document pass
 */
public record Filter(Map<String, MetadataValue> fields) {
    public static final Filter NONE = new Filter(Map.of());

    @JsonCreator
    public Filter {}

    @Override
    @JsonValue
    public Map<String, MetadataValue> fields() {
        return fields;
    }

    public boolean matches(Map<String, MetadataValue> metadata) {
        return fields.entrySet().stream().allMatch(field -> {
            MetadataValue value = metadata.get(field.getKey());
            return value != null && value.matches(field.getValue());
        });
    }

    /** The number of fields; never the content. */
    @Override
    public String toString() {
        return "Filter[" + fields.size() + " fields]";
    }
}
