package dev.tarn.redis;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What the contract of the questions topic says of filters, on plain JSON, without Tarn's own code. */
final class FilterOracle {
    private FilterOracle() {}

    static boolean passes(JsonNode filter, JsonNode metadata) {
        return filter.properties().stream().allMatch(member -> passes(member, metadata));
    }

    private static boolean passes(Map.Entry<String, JsonNode> member, JsonNode metadata) {
        JsonNode wanted = member.getValue();
        return switch (member.getKey()) {
            case "$and" -> StreamSupport.stream(wanted.spliterator(), false).allMatch(each -> passes(each, metadata));
            case "$or" -> StreamSupport.stream(wanted.spliterator(), false).anyMatch(each -> passes(each, metadata));
            case "$not" -> !passes(wanted, metadata);
            default -> {
                String name = member.getKey().replaceFirst("^\\$(?=\\$+(and|or|not)$)", "");
                yield metadata.has(name) && holds(metadata.get(name), wanted);
            }
        };
    }

    private static boolean holds(JsonNode held, JsonNode wanted) {
        if (wanted.isArray()) {
            return StreamSupport.stream(wanted.spliterator(), false).anyMatch(any -> holds(held, any));
        }
        if (held.isArray()) {
            return wanted.isTextual()
                    && StreamSupport.stream(held.spliterator(), false).anyMatch(wanted::equals);
        }
        if (wanted.isObject()) {
            return held.isNumber()
                    && (!wanted.has("min") || number(held).compareTo(number(wanted.get("min"))) >= 0)
                    && (!wanted.has("max") || number(held).compareTo(number(wanted.get("max"))) <= 0);
        }
        return wanted.isNumber() ? held.isNumber() && number(held).compareTo(number(wanted)) == 0 : held.equals(wanted);
    }

    private static BigDecimal number(JsonNode number) {
        return number.decimalValue();
    }
}
