package dev.tarn.question;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which documents are searched: a {@link Clause}, as it flows.
 *
 * <p>A clause holds clauses, and Flink serializes no such record without Kryo. So what is more than fields is carried as its
 * JSON. Savepoints of earlier releases have filters of fields alone.
 *
 * @param fields field to what it must hold
 * @param groups the other parts of the clause, as compact JSON, or null where it has none
 */
public record Filter(Map<String, Condition> fields, String groups) {
    /** Lets every document pass. */
    public static final Filter NONE = new Filter(Map.of());

    /** A filter of fields alone. */
    public Filter(Map<String, Condition> fields) {
        this(fields, null);
    }

    /** For each field the value, or any of a list of strings. */
    public static Filter of(Map<String, MetadataValue> values) {
        Map<String, Condition> fields = new HashMap<>();
        values.forEach((field, value) -> fields.put(field, Condition.of(value)));
        return new Filter(fields);
    }

    public static Filter of(Clause clause) {
        boolean fieldsAlone = clause.all().isEmpty() && clause.any().isEmpty() && clause.none() == null;
        Clause groups = new Clause(Map.of(), clause.all(), clause.any(), clause.none());
        return new Filter(clause.fields(), fieldsAlone ? null : Json.writeCompact(groups));
    }

    /**
     * Reads a filter.
     *
     * @throws PermanentFailure when it is none, or exceeds a limit; the message says why and where, without the values
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Filter fromJson(JsonNode json) {
        return of(ClauseReader.read(json));
    }

    /** What it lets pass. Read anew on each call: ask once for many documents. */
    @JsonValue
    public Clause clause() {
        if (groups == null) {
            return new Clause(fields, List.of(), List.of(), null);
        }
        Clause clause = ClauseReader.read(Json.readOwn(groups, JsonNode.class));
        return new Clause(fields, clause.all(), clause.any(), clause.none());
    }

    /** The number of fields; never the content. */
    @Override
    public String toString() {
        return "Filter[" + fields.size() + " fields" + (groups == null ? "]" : " and more]");
    }
}
