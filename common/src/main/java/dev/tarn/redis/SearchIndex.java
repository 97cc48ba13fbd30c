package dev.tarn.redis;

import dev.tarn.failure.Misconfiguration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.IndexDataType;
import redis.clients.jedis.search.SearchProtocol.SearchCommand;
import redis.clients.jedis.search.schemafields.NumericField;
import redis.clients.jedis.search.schemafields.SchemaField;
import redis.clients.jedis.search.schemafields.TagField;
import redis.clients.jedis.search.schemafields.TextField;
import redis.clients.jedis.search.schemafields.VectorField;

/**
 * The index of the query engine over the payloads, and the alias in front of it. Everybody asks the alias, so that
 * another index can be built beside and put behind it at once ({@code FT.ALIASUPDATE}).
 *
 * @see <a href="https://redis.io/docs/latest/commands/ft.create/">FT.CREATE</a>
 */
final class SearchIndex {
    static final String ALIAS = "tarn";
    static final String TEXT = "text";
    static final String VECTOR = "vector";
    static final String COLLECTION = "collection";
    static final String METADATA = "metadata";

    private static final String INDEX = "tarn:1";

    private SearchIndex() {}

    /**
     * Makes index and alias, or checks the index that is there.
     *
     * @throws Misconfiguration when the index behind the alias takes vectors of another dimension
     */
    static void createIfMissing(UnifiedJedis redis, int dimension, HnswSettings hnsw) {
        Map<String, Object> info = info(redis);
        if (info == null) {
            unlessThere(() -> redis.ftCreate(INDEX, definition(), schema(dimension, hnsw, numbers(redis))));
            unlessThere(() -> redis.ftAliasAdd(ALIAS, INDEX));
            info = Objects.requireNonNull(info(redis), "an index that was just made");
        }
        String made = dimension(info);
        if (!made.equals(Integer.toString(dimension))) {
            throw new Misconfiguration("The search index behind the alias " + ALIAS + " takes vectors of " + made
                    + " dimensions, but the model has " + dimension
                    + ". Drop it with FT.DROPINDEX; Tarn makes it anew.");
        }
        Set<String> lacking = numbers(redis);
        lacking.removeAll(attributes(info));
        if (!lacking.isEmpty()) {
            unlessThere(() -> redis.ftAlter(ALIAS, numericFields(lacking)));
        }
    }

    /** The fields that {@link #addNumber} has added, to this index or to one that was there before it. */
    static Set<String> numbers(UnifiedJedis redis) {
        return new HashSet<>(redis.smembers(Keys.NUMBERS));
    }

    /**
     * Adds a numeric field to the schema, and then to the {@link #numbers}. No payload is indexed again, for none has the
     * field before it is there to be seen that the schema has it.
     */
    static long addNumber(UnifiedJedis redis, String field) {
        CommandObject<String> alter = new CommandObject<>(
                new CommandArguments(SearchCommand.ALTER)
                        .add(ALIAS)
                        .add("SKIPINITIALSCAN")
                        .add("SCHEMA")
                        .add("ADD")
                        .add(field)
                        .add("NUMERIC"),
                BuilderFactory.STRING);
        unlessThere(() -> redis.executeCommand(alter));
        return redis.sadd(Keys.NUMBERS, field);
    }

    private static List<SchemaField> numericFields(Set<String> names) {
        return names.stream().<SchemaField>map(NumericField::of).toList();
    }

    private static FTCreateParams definition() {
        return FTCreateParams.createParams()
                .on(IndexDataType.HASH)
                .prefix(Keys.OF_DOCUMENTS)
                .filter("exists(@" + VECTOR + ")");
    }

    private static List<SchemaField> schema(int dimension, HnswSettings hnsw, Set<String> numbers) {
        List<SchemaField> fields = new ArrayList<>(numericFields(numbers));
        Collections.addAll(
                fields,
                TextField.of(TEXT),
                NumericField.of("index"),
                TagField.of(COLLECTION).caseSensitive(),
                TagField.of(METADATA).separator(MetadataTags.SEPARATOR).caseSensitive(),
                VectorField.builder()
                        .fieldName(VECTOR)
                        .algorithm(VectorField.VectorAlgorithm.HNSW)
                        .addAttribute("TYPE", "FLOAT32")
                        .addAttribute("DIM", dimension)
                        .addAttribute("DISTANCE_METRIC", "COSINE")
                        .addAttribute("M", hnsw.m())
                        .addAttribute("EF_CONSTRUCTION", hnsw.efConstruction())
                        .build());
        return fields;
    }

    /** Whether the server still goes through the hashes that were there before the index. */
    static boolean isBeingFilled(UnifiedJedis redis) {
        Map<String, Object> info = info(redis);
        return info == null || !String.valueOf(info.get("indexing")).equals("0");
    }

    /** Why the server has failed to index a hash last, in its own words, which repeat no content. */
    static String lastFailure(UnifiedJedis redis) {
        Map<String, Object> info = info(redis);
        Object errors = info == null ? null : info.get("Index Errors");
        return String.valueOf(asMap(errors).get("last indexing error"));
    }

    /** Whether this is the server's answer to who asks an index that is not there. */
    static boolean isMissing(JedisDataException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no such index")
                || message.contains("unknown index name")
                || message.contains("index not found");
    }

    /** Whether this is the answer to a query for a field that the schema does not have; some servers find nothing instead. */
    static boolean isUnknownField(JedisDataException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("unknown field");
    }

    private static Map<String, Object> info(UnifiedJedis redis) {
        try {
            return redis.ftInfo(ALIAS);
        } catch (JedisDataException e) {
            if (isMissing(e)) {
                return null;
            }
            throw e;
        }
    }

    private static String dimension(Map<String, Object> info) {
        for (Object attribute : (List<?>) info.get("attributes")) {
            Map<?, ?> field = asMap(attribute);
            if (VECTOR.equals(field.get("attribute"))) {
                return String.valueOf(field.get("dim"));
            }
        }
        return "no";
    }

    private static Set<String> attributes(Map<String, Object> info) {
        return ((List<?>) info.get("attributes"))
                .stream()
                        .map(attribute -> String.valueOf(asMap(attribute).get("attribute")))
                        .collect(Collectors.toSet());
    }

    /** Maps come as such in RESP3. */
    private static Map<?, ?> asMap(Object reply) {
        return reply instanceof Map<?, ?> map ? map : Map.of();
    }

    private static void unlessThere(Runnable create) {
        try {
            create.run();
        } catch (JedisDataException e) {
            String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (!message.contains("already exists") && !message.contains("duplicate field")) {
                throw e;
            }
        }
    }
}
