package dev.tarn.question;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one field of the metadata must hold: a value, any of a list of strings or of numbers, or a number within a range.
 *
 * <p>A closed record, so that Flink serializes it without Kryo.
 *
 * @param value the wanted value, or any of a list of strings; null for all else
 * @param min the least number of a range, itself within it; null where it has no lower end
 * @param max the greatest number of a range, itself within it; null where it has no upper end
 * @param numbers any of these numbers; null for all else
 */
public record Condition(MetadataValue value, BigDecimal min, BigDecimal max, List<BigDecimal> numbers) {
    private static final String MIN = "min";
    private static final String MAX = "max";

    public static Condition of(MetadataValue value) {
        return new Condition(value, null, null, null);
    }

    /**
     * A range of numbers, both ends within it.
     *
     * @param min null for no lower end
     * @param max null for no upper end
     * @throws PermanentFailure when it has no end, or no number is within it
     */
    public static Condition between(BigDecimal min, BigDecimal max) {
        if (min == null && max == null) {
            throw new PermanentFailure("a range has min, max or both");
        }
        if (min != null && max != null && min.compareTo(max) > 0) {
            throw new PermanentFailure("a range's min is greater than its max");
        }
        return new Condition(
                null,
                min == null ? null : MetadataValue.shortest(min),
                max == null ? null : MetadataValue.shortest(max),
                null);
    }

    /** Any of the numbers. */
    public static Condition anyOf(List<BigDecimal> numbers) {
        return new Condition(
                null, null, null, numbers.stream().map(MetadataValue::shortest).toList());
    }

    /**
     * Reads a value, or a range.
     *
     * @throws PermanentFailure when it is neither; the message says why, without the content
     */
    @JsonCreator
    public static Condition fromJson(JsonNode json) {
        if (json.isArray()) {
            return list(json);
        }
        if (!json.isObject()) {
            return of(MetadataValue.fromJson(json));
        }
        json.fieldNames().forEachRemaining(member -> {
            if (!Set.of(MIN, MAX).contains(member)) {
                throw new PermanentFailure("a range has min and max, and nothing else");
            }
        });
        return between(end(json.get(MIN)), end(json.get(MAX)));
    }

    private static Condition list(JsonNode json) {
        List<JsonNode> elements = new ArrayList<>();
        json.forEach(elements::add);
        if (elements.stream().allMatch(JsonNode::isTextual)) {
            return of(MetadataValue.fromJson(json));
        }
        if (!elements.stream().allMatch(JsonNode::isNumber)) {
            throw new PermanentFailure("a list holds strings only, or numbers only");
        }
        return anyOf(elements.stream().map(JsonNode::decimalValue).toList());
    }

    private static BigDecimal end(JsonNode json) {
        if (json != null && !json.isNumber()) {
            throw new PermanentFailure("a range's min and max are numbers");
        }
        return json == null ? null : json.decimalValue();
    }

    @JsonValue
    Object toJson() {
        if (value != null) {
            return value;
        }
        if (numbers != null) {
            return numbers.stream().map(DecimalNode::valueOf).toList();
        }
        ObjectNode range = JsonNodeFactory.instance.objectNode();
        if (min != null) {
            range.put(MIN, min);
        }
        if (max != null) {
            range.put(MAX, max);
        }
        return range;
    }

    /** What a document's field must hold to pass. */
    public MetadataValue.Kind kind() {
        return value == null ? MetadataValue.Kind.NUMBER : value.kind();
    }

    /** Whether a document whose field holds this passes. */
    public boolean matches(MetadataValue held) {
        if (value != null) {
            return held.matches(value);
        }
        BigDecimal number = held.number();
        if (numbers != null) {
            return number != null && numbers.contains(number);
        }
        return number != null
                && (min == null || number.compareTo(min) >= 0)
                && (max == null || number.compareTo(max) <= 0);
    }

    /** The kind; never the content. */
    @Override
    public String toString() {
        return "Condition[" + (value != null ? value : numbers != null ? "numbers" : "range") + "]";
    }
}
