package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.document.MetadataValue;
import dev.tarn.question.Condition;
import dev.tarn.question.Filter;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Metadata's numbers as numeric fields: {@code number_NAME}, one for each name.
 *
 * <p>Documents bring names that nobody has declared, so a name's field is added to the schema when the name is first seen,
 * up to {@link #MOST} names. A payload has the fields of all its numbers, declared or not. A condition on a field that is
 * not in the schema narrows nothing.
 *
 * <p>A numeric field is a double. Numbers and the ends of ranges are rounded alike, so that what is within a range stays
 * within it; what lies beside it may come to lie on its end.
 */
final class MetadataNumbers {
    /** The most names in the schema. Writers that add names at the same time may exceed it by some. */
    static final int MOST = 64;

    private static final String PREFIX = "number_";

    /** What a digest is marked by: an underscore of an encoded name is followed by two hexadecimal digits. */
    private static final String DIGEST = "_sha256";

    private static final int LONGEST = 128;
    private static final int DIGEST_BYTES = 16;

    private MetadataNumbers() {}

    /** Each number's field and value. */
    static Map<String, String> of(Map<String, MetadataValue> metadata) {
        Map<String, String> fields = new HashMap<>();
        metadata.forEach((name, value) -> {
            if (value.number() != null) {
                fields.put(field(name), rounded(value.number()));
            }
        });
        return fields;
    }

    /** The fields that a filter's conditions on numbers are about. */
    static Set<String> fields(Filter filter) {
        Set<String> fields = new HashSet<>();
        filter.clause().forEach((name, wanted) -> {
            if (isNumber(wanted)) {
                fields.add(field(name));
            }
        });
        return fields;
    }

    static boolean isNumber(Condition wanted) {
        return wanted.kind() == MetadataValue.Kind.NUMBER;
    }

    /**
     * A condition on a number as part of a query.
     *
     * @param declared the fields that are in the schema
     * @param values takes the parameters that the query names
     */
    static String query(
            String name, Condition wanted, Set<String> declared, FilterQuery.Bound bound, Map<String, Object> values) {
        String field = field(name);
        List<BigDecimal> numbers =
                wanted.value() != null ? List.of(wanted.value().number()) : wanted.numbers();
        boolean atLeast = bound == FilterQuery.Bound.AT_LEAST;
        if (!declared.contains(field) || numbers != null && !atLeast) {
            return bound.unsaid();
        }
        if (numbers == null) {
            return range(field, wanted.min(), wanted.max(), atLeast ? "$" : "($", values);
        }
        List<String> parts = numbers.stream()
                .map(number -> range(field, number, number, "$", values))
                .toList();
        return parts.size() == 1 ? parts.get(0) : "(" + String.join("|", parts) + ")";
    }

    private static String range(
            String field, BigDecimal min, BigDecimal max, String parameter, Map<String, Object> values) {
        return "@" + field + ":[" + parameter + end(min, "-inf", values) + " " + parameter + end(max, "+inf", values)
                + "]";
    }

    private static String end(BigDecimal number, String none, Map<String, Object> values) {
        String parameter = "number" + values.size();
        values.put(parameter, number == null ? none : rounded(number));
        return parameter;
    }

    /** What the server reads as a number: neither infinite nor so small that some systems fail to parse it. */
    private static String rounded(BigDecimal number) {
        double nearest = number.doubleValue();
        if (Math.abs(nearest) < Double.MIN_NORMAL) {
            return "0.0";
        }
        return Double.toString(Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, nearest)));
    }

    /** Of letters, digits and underscores only, for it is part of a query's text. */
    private static String field(String name) {
        String word = word(name);
        return PREFIX + (word.length() <= LONGEST ? word : DIGEST + word(Digests.sha256(name, DIGEST_BYTES)));
    }

    private static String word(String name) {
        StringBuilder word = new StringBuilder(name.length() + 8);
        for (byte b : name.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
                word.append(c);
            } else {
                word.append('_').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return word.toString();
    }
}
