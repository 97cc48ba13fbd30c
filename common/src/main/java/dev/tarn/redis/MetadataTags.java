package dev.tarn.redis;

import dev.tarn.document.MetadataValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Metadata's texts and flags as tokens of one tag field: {@code name=value}, both percent-encoded, one for each element of a
 * list. A flag has one more, {@code name:value}, which tells it from the texts {@code true} and {@code false}.
 *
 * <p>One field, because documents bring names that nobody has declared, and equality needs no field of its own for a
 * name: nothing is added to the schema, and there is no limit to the names. Ranges of numbers do need it ({@link
 * MetadataNumbers}).
 */
final class MetadataTags {
    static final char SEPARATOR = '|';

    /** The server cuts tags off at 4 KB; what is longer than this is named by its digest. */
    private static final int LONGEST = 512;

    /** What a shortened token begins with, and those of a field of this name. */
    private static final String DIGEST = "sha256=";

    private static final int DIGEST_BYTES = 16;

    private MetadataTags() {}

    /** The tokens, in order, so that equal metadata is equal text. */
    static String of(Map<String, MetadataValue> metadata) {
        TreeSet<String> tokens = new TreeSet<>();
        metadata.forEach((name, value) -> {
            tokens.addAll(tokens(name, value));
            if (value.flag() != null) {
                tokens.add(flagToken(name, value.flag()));
            }
        });
        return String.join(String.valueOf(SEPARATOR), tokens);
    }

    /**
     * A condition on texts or a flag as part of a query.
     *
     * @param values takes the parameters that the query names
     */
    static String query(String name, MetadataValue wanted, FilterQuery.Bound bound, Map<String, Object> values) {
        List<String> parameters = new ArrayList<>();
        for (String token : bound == FilterQuery.Bound.AT_LEAST ? tokens(name, wanted) : exactTokens(name, wanted)) {
            String parameter = "tag" + values.size();
            values.put(parameter, token);
            parameters.add("$" + parameter);
        }
        return parameters.isEmpty()
                ? FilterQuery.NOTHING
                : "@" + SearchIndex.METADATA + ":{" + String.join("|", parameters) + "}";
    }

    private static List<String> tokens(String name, MetadataValue value) {
        return texts(value).stream().map(text -> token(name, text)).toList();
    }

    /** The tokens that no other value has. */
    private static List<String> exactTokens(String name, MetadataValue value) {
        if (value.flag() != null) {
            return List.of(flagToken(name, value.flag()));
        }
        return texts(value).stream()
                .filter(text -> !text.equals("true") && !text.equals("false"))
                .map(text -> token(name, text))
                .filter(token -> !token.startsWith(DIGEST))
                .toList();
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
        return shortened(Keys.encode(name) + "=" + Keys.encode(text));
    }

    private static String flagToken(String name, boolean flag) {
        return shortened(Keys.encode(name) + ":" + flag);
    }

    private static String shortened(String token) {
        return token.length() <= LONGEST ? token : DIGEST + Digests.sha256(token, DIGEST_BYTES);
    }
}
