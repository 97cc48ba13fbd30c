package dev.tarn.redis;

import dev.tarn.question.Clause;
import dev.tarn.question.Condition;
import dev.tarn.question.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A filter as part of a query of the query engine. What comes from outside is a parameter of it; of its text are only
 * fields of the schema, whose names are letters, digits and underscores.
 *
 * <p>Not every condition can be said exactly. Then the query lets too many documents pass, and never too few. To be so under
 * a {@code $not}, what stands in it is said the other way, so that it lets too few pass.
 *
 * @see <a href="https://redis.io/docs/latest/develop/ai/search-and-query/advanced-concepts/query_syntax/">Query syntax</a>
 */
final class FilterQuery {
    /** Lets every document pass. */
    static final String EVERYTHING = "*";

    /** Lets no document pass; no query can say that. */
    static final String NOTHING = "";

    /** How a condition is said that can't be said exactly. */
    enum Bound {
        AT_LEAST,
        AT_MOST;

        Bound opposite() {
            return this == AT_LEAST ? AT_MOST : AT_LEAST;
        }

        /** What stands for a condition of which nothing can be said. */
        String unsaid() {
            return this == AT_LEAST ? EVERYTHING : NOTHING;
        }
    }

    private final Set<String> declared;
    private final Map<String, Object> values;

    private FilterQuery(Set<String> declared, Map<String, Object> values) {
        this.declared = declared;
        this.values = values;
    }

    /**
     * What lets at least those documents pass that the filter does.
     *
     * @param declared the numeric fields that are in the schema
     * @param values takes the parameters that the query names
     * @return part of a query, {@link #EVERYTHING} or {@link #NOTHING}
     */
    static String of(Filter filter, Set<String> declared, Map<String, Object> values) {
        return new FilterQuery(declared, values).query(filter.clause(), Bound.AT_LEAST);
    }

    private String query(Clause clause, Bound bound) {
        List<String> parts = new ArrayList<>();
        clause.fields().forEach((name, wanted) -> parts.add(query(name, wanted, bound)));
        clause.all().forEach(each -> parts.add(query(each, bound)));
        if (!clause.any().isEmpty()) {
            parts.add(any(clause.any().stream().map(each -> query(each, bound)).toList()));
        }
        if (clause.none() != null) {
            parts.add(not(query(clause.none(), bound.opposite())));
        }
        return all(parts);
    }

    private String query(String name, Condition wanted, Bound bound) {
        return MetadataNumbers.isNumber(wanted)
                ? MetadataNumbers.query(name, wanted, declared, bound, values)
                : MetadataTags.query(name, wanted.value(), bound, values);
    }

    private static String all(List<String> parts) {
        return parts.contains(NOTHING) ? NOTHING : joined(parts, " ", EVERYTHING);
    }

    private static String any(List<String> parts) {
        return parts.contains(EVERYTHING) ? EVERYTHING : joined(parts, "|", NOTHING);
    }

    /** What is left out changes nothing, and stands for what is left when all is left out. */
    private static String joined(List<String> parts, String operator, String leftOut) {
        List<String> said =
                parts.stream().filter(Predicate.not(leftOut::equals)).toList();
        if (said.isEmpty()) {
            return leftOut;
        }
        return said.size() == 1 ? said.get(0) : "(" + String.join(operator, said) + ")";
    }

    private static String not(String part) {
        return switch (part) {
            case EVERYTHING -> NOTHING;
            case NOTHING -> EVERYTHING;
            default -> "(-" + part + ")";
        };
    }
}
