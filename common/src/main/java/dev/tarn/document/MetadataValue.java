package dev.tarn.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.text.CleanText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A metadata value: a string, a number, a boolean, or a list of strings. Exactly one component is not null.
 *
 * <p>A closed record instead of {@code Object}, so that Flink serializes it without Kryo.
 */
public record MetadataValue(String text, BigDecimal number, Boolean flag, List<String> texts) {

    /** What kind of values can be equal; a list holds texts. */
    public enum Kind {
        TEXT("text"),
        NUMBER("a number"),
        FLAG("a boolean");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }

        @Override
        public String toString() {
            return noun;
        }
    }

    public static MetadataValue of(String text) {
        return new MetadataValue(text, null, null, null);
    }

    public static MetadataValue of(BigDecimal number) {
        return new MetadataValue(null, shortest(number), null, null);
    }

    /**
     * The number without trailing zeros, so that what is equal has equal digits.
     *
     * @throws PermanentFailure when its exponent has no room for them
     */
    public static BigDecimal shortest(BigDecimal number) {
        try {
            return number.stripTrailingZeros();
        } catch (ArithmeticException e) {
            throw new PermanentFailure("a number's exponent is from -2147483647 to 2147483647", e);
        }
    }

    public static MetadataValue of(boolean flag) {
        return new MetadataValue(null, null, flag, null);
    }

    public static MetadataValue of(List<String> texts) {
        return new MetadataValue(null, null, null, List.copyOf(texts));
    }

    /**
     * Reads a value.
     *
     * @throws PermanentFailure when it is of no such kind
     */
    @JsonCreator
    public static MetadataValue fromJson(JsonNode json) {
        if (json.isTextual()) {
            return of(CleanText.paired(json.textValue()));
        }
        if (json.isNumber()) {
            return of(json.decimalValue());
        }
        if (json.isBoolean()) {
            return of(json.booleanValue());
        }
        if (json.isArray()) {
            List<String> texts = new ArrayList<>();
            for (JsonNode element : json) {
                if (!element.isTextual()) {
                    throw new PermanentFailure("a list holds strings only");
                }
                texts.add(CleanText.paired(element.textValue()));
            }
            return of(texts);
        }
        throw new PermanentFailure("a value is a string, a number, a boolean or a list of strings");
    }

    @JsonValue
    Object toJson() {
        if (text != null) {
            return text;
        }
        if (number != null) {
            return DecimalNode.valueOf(number);
        }
        return flag != null ? BooleanNode.valueOf(flag) : texts;
    }

    public Kind kind() {
        if (number != null) {
            return Kind.NUMBER;
        }
        return flag != null ? Kind.FLAG : Kind.TEXT;
    }

    /** Whether a document with this value passes a filter that asks for {@code wanted}; lists match by any element. */
    public boolean matches(MetadataValue wanted) {
        if (wanted.texts != null) {
            return wanted.texts.stream().anyMatch(any -> matches(of(any)));
        }
        if (texts != null) {
            return wanted.text != null && texts.contains(wanted.text);
        }
        return equals(wanted);
    }

    /** The kind; never the content. */
    @Override
    public String toString() {
        return "MetadataValue[" + (text != null ? "text" : number != null ? "number" : flag != null ? "flag" : "texts")
                + "]";
    }
}
