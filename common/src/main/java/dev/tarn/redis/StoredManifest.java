package dev.tarn.redis;

import dev.tarn.index.RecordOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A manifest as it was read.
 *
 * @param encodedId of the document
 * @param fields none where there is no manifest
 */
record StoredManifest(String encodedId, Map<String, String> fields) {

    boolean exists() {
        return fields.containsKey("log");
    }

    String id() {
        return Keys.decode(encodedId);
    }

    RecordOrder order() {
        return new RecordOrder(
                Positions.parse(fields.get("version")),
                Positions.parse(fields.get("fence")),
                fields.get("log"),
                Positions.parse(fields.get("offset")),
                Positions.parse(fields.get("timestamp")));
    }

    /** Log and offset of its record, as they are stored. */
    List<String> place() {
        return List.of(fields.get("log"), fields.get("offset"));
    }

    String revision() {
        return fields.getOrDefault("revision", "0");
    }

    String digest() {
        return fields.getOrDefault("digest", "");
    }

    String document() {
        return fields.getOrDefault("document", "");
    }

    /** Elements that are listed, to their collections. */
    Map<String, String> listed() {
        return marked("e:");
    }

    /** Elements that are unlisted and still have to be removed, to their collections. */
    Map<String, String> garbage() {
        return marked("g:");
    }

    private Map<String, String> marked(String mark) {
        Map<String, String> marked = new HashMap<>();
        fields.forEach((field, value) -> {
            if (field.startsWith(mark)) {
                marked.put(field.substring(mark.length()), value);
            }
        });
        return marked;
    }
}
