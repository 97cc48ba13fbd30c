package dev.tarn.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/** Metadata and filters of few names and values, so that they meet often, and many of those that are easily confused. */
final class RandomFilters {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of("a", "A", "b.c", "$or", "number", "sha256");
    private static final List<String> TEXTS = List.of("true", "false", "1", "x", "X", "x|y", "*", "", "y".repeat(700));
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "0.1",
            "0.1000000000000000055511151231257827",
            "9007199254740992",
            "9007199254740993",
            "1e308",
            "1e400",
            "-1e-400");

    private final Random random;

    RandomFilters(Random random) {
        this.random = random;
    }

    /** Metadata of which each field has each kind of value. */
    List<ObjectNode> ofEveryKind() {
        ObjectNode texts = NODES.objectNode();
        ObjectNode numbers = NODES.objectNode();
        ObjectNode flags = NODES.objectNode();
        for (String name : NAMES) {
            texts.put(name, "any");
            numbers.put(name, 1);
            flags.put(name, true);
        }
        return List.of(texts, numbers, flags);
    }

    ObjectNode metadata() {
        ObjectNode metadata = NODES.objectNode();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                metadata.set(name, value());
            }
        }
        return metadata;
    }

    ObjectNode filter(int depth) {
        ObjectNode filter = NODES.objectNode();
        for (int fields = random.nextInt(depth > 0 ? 2 : 3); fields > 0; fields--) {
            String name = pick(NAMES);
            filter.set(name.equals("$or") ? "$$or" : name, random.nextInt(3) == 0 ? numbers() : value());
        }
        if (depth > 0 && random.nextInt(3) == 0) {
            filter.set("$and", filters(depth - 1));
        }
        if (depth > 0 && random.nextInt(3) > 0) {
            filter.set("$or", filters(depth - 1));
        }
        if (depth > 0 && random.nextInt(3) == 0) {
            filter.set("$not", filter(depth - 1));
        }
        return filter;
    }

    private ArrayNode filters(int depth) {
        ArrayNode filters = NODES.arrayNode();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            filters.add(filter(depth));
        }
        return filters;
    }

    private JsonNode value() {
        return switch (random.nextInt(5)) {
            case 0 -> number();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> {
                ArrayNode texts = NODES.arrayNode();
                for (int count = random.nextInt(4); count > 0; count--) {
                    texts.add(pick(TEXTS));
                }
                yield texts;
            }
            default -> NODES.textNode(pick(TEXTS));
        };
    }

    /** A range, or a list of numbers. */
    private JsonNode numbers() {
        if (random.nextBoolean()) {
            return range();
        }
        ArrayNode numbers = NODES.arrayNode();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            numbers.add(number());
        }
        return numbers;
    }

    private ObjectNode range() {
        BigDecimal one = number().decimalValue();
        BigDecimal other = number().decimalValue();
        ObjectNode range = NODES.objectNode();
        int ends = random.nextInt(3);
        if (ends != 0) {
            range.put("min", one.min(other));
        }
        if (ends != 1) {
            range.put("max", one.max(other));
        }
        return range;
    }

    private JsonNode number() {
        return NODES.numberNode(new BigDecimal(pick(NUMBERS)));
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
