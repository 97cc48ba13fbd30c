package dev.tarn.local.torture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a document says at one time. Its number stands in the document's URI, where a reader sees which revision it got.
 *
 * @param key of the document
 * @param number from 0, one more with each change of the document and with each time that it comes back after a delete
 * @param version explicit, or null; greater with each number
 * @param mood a metadata value that changes by itself
 * @param paragraphs numbers of its paragraphs, in order
 */
record Revision(String key, int number, Long version, int mood, List<Long> paragraphs) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = "https://lakes.example/";

    Revision {
        paragraphs = List.copyOf(paragraphs);
    }

    /** The number of the revision that a passage with this URI is from. */
    static int numberOf(String uri) {
        return Integer.parseInt(URI.create(uri).getFragment());
    }

    Set<String> texts() {
        return paragraphs.stream().map(Prose::paragraph).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    byte[] json() {
        ObjectNode document = JSON.createObjectNode()
                .put("id", key)
                .put("title", "Lake")
                .put("text", String.join(Prose.BREAK, texts()))
                .put("uri", BASE + key + "#" + number);
        if (version != null) {
            document.put("version", version);
        }
        document.putObject("metadata").put("mood", mood).put("shore", "north");
        try {
            return JSON.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
