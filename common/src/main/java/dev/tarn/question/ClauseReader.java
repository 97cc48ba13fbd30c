package dev.tarn.question;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.text.CleanText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a filter's JSON. {@code $and}, {@code $or} and {@code $not} hold clauses; every other member is a field of the
 * metadata. A field that has such a name itself is written with one more dollar sign: {@code $$and}.
 */
final class ClauseReader {
    /** How deep clauses may be nested. */
    static final int MAX_DEPTH = 8;

    /** The most fields and clauses of a filter, those of its clauses included. */
    static final int MAX_PARTS = 256;

    /** The most values in lists. */
    static final int MAX_VALUES = 1_000;

    /** The longest filter, in characters of compact JSON: as long as metadata may be. */
    static final int MAX_LENGTH = 64_000;

    private static final Pattern OPERATOR = Pattern.compile("\\$+(and|or|not)");

    private int parts;
    private int values;

    private ClauseReader() {}

    /**
     * Reads a filter.
     *
     * @throws PermanentFailure when it is none, or exceeds a limit; the message says why and where, without the values
     */
    static Clause read(JsonNode json) {
        requireObject(json, "");
        int length = json.toString().length();
        if (length > MAX_LENGTH) {
            throw new PermanentFailure(
                    "the filter has " + length + " characters, more than the " + MAX_LENGTH + " that are allowed");
        }
        return new ClauseReader().clause(json, 1, "");
    }

    static String escaped(String name) {
        return OPERATOR.matcher(name).matches() ? "$" + name : name;
    }

    private static String unescaped(String member) {
        return OPERATOR.matcher(member).matches() ? member.substring(1) : member;
    }

    private Clause clause(JsonNode json, int depth, String place) {
        requireObject(json, place);
        if (depth > MAX_DEPTH) {
            throw new PermanentFailure("a filter nests at most " + MAX_DEPTH + " clauses");
        }
        Map<String, Condition> fields = new HashMap<>();
        List<Clause> all = List.of();
        List<Clause> any = List.of();
        Clause none = null;
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            count();
            String name = member.getKey();
            JsonNode value = member.getValue();
            String within = place + "[\"" + CleanText.shown(name) + "\"]";
            switch (name) {
                case Clause.ALL -> all = clauses(value, depth, within);
                case Clause.ANY -> any = clauses(value, depth, within);
                case Clause.NONE -> none = clause(value, depth + 1, within);
                default -> fields.put(CleanText.paired(unescaped(name)), condition(value, within));
            }
        }
        return new Clause(fields, all, any, none);
    }

    private List<Clause> clauses(JsonNode json, int depth, String place) {
        if (!json.isArray() || json.isEmpty()) {
            throw refused("$and and $or have a list of one clause or more", place);
        }
        List<Clause> clauses = new ArrayList<>();
        for (JsonNode clause : json) {
            count();
            clauses.add(clause(clause, depth + 1, place + "[" + clauses.size() + "]"));
        }
        return clauses;
    }

    private Condition condition(JsonNode json, String place) {
        if (json.isNull()) {
            throw refused("a filter's value is null; leave the field out instead", place);
        }
        values += json.isArray() ? json.size() : 0;
        if (values > MAX_VALUES) {
            throw new PermanentFailure("a filter's lists have at most " + MAX_VALUES + " values");
        }
        try {
            return Condition.fromJson(json);
        } catch (PermanentFailure e) {
            throw refused(e.getMessage(), place);
        }
    }

    private void count() {
        if (++parts > MAX_PARTS) {
            throw new PermanentFailure("a filter has at most " + MAX_PARTS + " fields and clauses");
        }
    }

    private static void requireObject(JsonNode json, String place) {
        if (!json.isObject()) {
            throw refused("a filter, and each clause of it, is an object", place);
        }
    }

    private static PermanentFailure refused(String reason, String place) {
        return new PermanentFailure(reason + " in field [\"filter\"]" + place);
    }
}
