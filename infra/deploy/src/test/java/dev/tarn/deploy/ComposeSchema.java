package dev.tarn.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Says what the Compose Specification's own schema would refuse. */
final class ComposeSchema {
    private final Schema schema;

    ComposeSchema() {
        try (InputStream in = ComposeSchema.class.getResourceAsStream("/compose/compose_spec.json")) {
            ObjectNode text = (ObjectNode) new ObjectMapper().readTree(in);
            text.remove("$schema"); // it names a dialect that it is not written in: ids are "id", not "$id"
            removeForeign(text);
            text.withObjectProperty("properties").putObject("name").put("type", "string"); // newer than this schema
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(text.toString(), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes ids, which this dialect writes otherwise, and the format of durations, which are Go's and not ISO's. */
    private static void removeForeign(JsonNode part) {
        if (part.path("id").isTextual()) { // a property that is called so is described by an object
            ((ObjectNode) part).remove("id");
        }
        if (part.path("format").asText().equals("duration")) {
            ((ObjectNode) part).remove("format");
        }
        part.forEach(ComposeSchema::removeForeign);
    }

    /** Empty when all is well. */
    List<String> errors(JsonNode file) {
        return schema.validate(file.toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
