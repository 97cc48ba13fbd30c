package dev.tarn.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The contracts' JSON Schemas, with formats checked. */
public final class Schemas {
    public static final List<String> NAMES =
            List.of("document", "question", "answer", "receipt", "dead-letter-headers");

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private Schemas() {}

    public static Schema named(String name) {
        return REGISTRY.getSchema(text(name), InputFormat.JSON);
    }

    /** The schema of schemas. */
    static Schema ofSchemas() {
        return REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    }

    static String text(String name) {
        try (InputStream schema = Json.class.getResourceAsStream("/schema/" + name + ".json")) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void assertValid(String schema, String json) {
        assertThat(named(schema).validate(json, InputFormat.JSON)).as(json).isEmpty();
    }

    static void assertInvalid(String schema, String json) {
        assertThat(isValid(named(schema), json)).as(json).isFalse();
    }

    private static boolean isValid(Schema schema, String json) {
        try {
            return schema.validate(json, InputFormat.JSON).isEmpty();
        } catch (RuntimeException notJson) {
            return false;
        }
    }
}
