package dev.tarn.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.Redacted;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The one mapper: strict about types, lenient about unknown fields, bounded in depth. How long a text may be is for its
 * reader to say, who names the option.
 */
public final class Json {
    private static final int MAX_NESTING = 64;
    private static final ObjectMapper MAPPER = strictMapper();
    private static final ObjectMapper COMPACT = MAPPER.copy().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private Json() {}

    private static ObjectMapper strictMapper() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .withCoercionConfigDefaults(any -> any.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build());
        return mapper;
    }

    /**
     * Reads what a producer wrote.
     *
     * @throws PermanentFailure when the bytes are not JSON of this type; its message says where, without the content
     */
    public static <T> T read(byte[] json, Class<T> type) {
        return read(json, type, type.getSimpleName());
    }

    /**
     * The same, of what has another name than its class.
     *
     * @param name what the producer calls it
     */
    public static <T> T read(byte[] json, Class<T> type, String name) {
        T value;
        try {
            value = MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new PermanentFailure("not valid JSON for a " + name + ": " + where(e), Redacted.of(e));
        } catch (IOException e) {
            throw new PermanentFailure("not valid UTF-8 JSON for a " + name, Redacted.of(e));
        }
        if (value == null) {
            throw new PermanentFailure("the value is JSON null; to delete, send a record without a value");
        }
        return value;
    }

    /** Reads what Tarn itself wrote. */
    public static <T> T readOwn(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes every field of the contract, those without a value as null. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes only the fields that have a value, in a stable order. */
    public static String writeCompact(Object value) {
        try {
            return COMPACT.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String where(JsonProcessingException e) {
        String path = e instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
        String place = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        String field = path.contains("[\"") ? " in field " + path.substring(path.indexOf('[')) : "";
        return what(e) + field + place;
    }

    private static String what(JsonProcessingException e) {
        if (e.getCause() instanceof PermanentFailure refused) {
            return refused.getMessage();
        }
        return e.getOriginalMessage().startsWith("Duplicate field")
                ? "an object has a field twice"
                : e.getClass().getSimpleName();
    }
}
