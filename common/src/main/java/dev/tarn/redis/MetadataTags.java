package dev.tarn.redis;

import dev.tarn.document.MetadataValue;
import dev.tarn.question.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Metadata's texts and flags as tokens of one tag field: {@code name=value}, both percent-encoded, one for each element of a
 * list.
 *
 * <p>One field, because documents bring names that nobody has declared, and equality needs no field of its own for a
 * name: nothing is added to the schema, and there is no limit to the names. Ranges of numbers do need it ({@link
 * MetadataNumbers}).
 */
final class MetadataTags {
    static final char SEPARATOR = '|';

    /** The server cuts tags off at 4 KB; what is longer than this is named by its digest. */
    private static final int LONGEST = 512;

    private static final int DIGEST_BYTES = 16;

    private MetadataTags() {}

    /** The tokens, in order, so that equal metadata is equal text. */
    static String of(Map<String, MetadataValue> metadata) {
        TreeSet<String> tokens = new TreeSet<>();
        metadata.forEach((name, value) -> texts(value).forEach(text -> tokens.add(token(name, text))));
        return String.join(String.valueOf(SEPARATOR), tokens);
    }

    /**
     * The conditions of a filter on texts and flags, as part of a query.
     *
     * @param values takes the parameters that the query names
     */
    static String query(Filter filter, Map<String, Object> values) {
        StringBuilder query = new StringBuilder();
        filter.fields().forEach((name, wanted) -> {
            if (MetadataNumbers.isNumber(wanted)) {
                return;
            }
            List<String> names = new ArrayList<>();
            for (String text : texts(wanted.value())) {
                String parameter = "tag" + values.size();
                values.put(parameter, token(name, text));
                names.add("$" + parameter);
            }
            query.append(names.stream().collect(Collectors.joining("|", " @" + SearchIndex.METADATA + ":{", "}")));
        });
        return query.toString();
    }

    /** Whether a field is to hold any of no values, which a query can't say. */
    static boolean matchesNothing(Filter filter) {
        return filter.fields().values().stream()
                .anyMatch(wanted -> !MetadataNumbers.isNumber(wanted)
                        && texts(wanted.value()).isEmpty());
    }

    private static List<String> texts(MetadataValue value) {
        if (value.texts() != null) {
            return value.texts();
        }
        if (value.text() != null) {
            return List.of(value.text());
        }
        return value.flag() != null ? List.of(String.valueOf(value.flag())) : List.of();
    }

    private static String token(String name, String text) {
        String token = Keys.encode(name) + "=" + Keys.encode(text);
        return token.length() <= LONGEST ? token : "sha256=" + Digests.sha256(token, DIGEST_BYTES);
    }
}
