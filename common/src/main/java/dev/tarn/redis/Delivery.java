package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Document;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.Json;
import dev.tarn.model.EncodedVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One delivery of a record, and what it is called in Redis.
 *
 * @param document what the record says
 * @param encodedId of the document
 * @param own hash of each chunk, to the element that this record writes for it
 */
record Delivery(ChunkedDocument document, String encodedId, Map<String, String> own) {

    static Delivery of(ChunkedDocument document) {
        Map<String, String> own = new HashMap<>();
        for (Chunk chunk : document.chunks()) {
            own.put(chunk.hash(), Keys.element(chunk.hash(), document.source().position()));
        }
        return new Delivery(document, Keys.encode(document.id()), own);
    }

    String collection() {
        return document.isDelete() ? "" : document.document().collection();
    }

    String ownElement(Chunk chunk) {
        return own.get(chunk.hash());
    }

    VectorEngine.Entry entry(Chunk chunk, Map<String, String> labels, EncodedVector vector) {
        Map<String, String> payload = new HashMap<>(labels);
        payload.put("text", chunk.text());
        payload.put("index", Integer.toString(chunk.index()));
        return new VectorEngine.Entry(
                collection(), new VectorEngine.Member(encodedId, ownElement(chunk)), payload, vector);
    }

    List<String> ownElements() {
        return List.copyOf(own.values());
    }

    /**
     * The chunks that are listed, in this collection, by hash. None under another title: a hash is of title and text in one,
     * and would not tell where the title ends.
     *
     * @param indexed the document as its manifest has it, or empty text
     */
    Map<String, String> reusable(Map<String, String> listed, String indexed) {
        Map<String, String> reusable = new HashMap<>();
        if (listed.isEmpty() || document.isDelete() || !hasTitleOf(indexed)) {
            return reusable;
        }
        listed.forEach((element, collection) -> {
            String hash = Keys.hashOf(element);
            if (own.containsKey(hash) && collection.equals(collection())) {
                reusable.put(hash, element);
            }
        });
        return reusable;
    }

    private boolean hasTitleOf(String indexed) {
        try {
            String title = Json.read(indexed.getBytes(UTF_8), Document.class).title();
            return Objects.equals(title, document.document().title());
        } catch (PermanentFailure e) { // somebody has damaged the manifest, and the flip will mend it
            return false;
        }
    }

    List<String> keys(Collection<String> elements) {
        List<String> keys = new ArrayList<>(elements.size() + 1);
        keys.add(Keys.manifest(encodedId));
        for (String element : elements) {
            keys.add(Keys.chunk(encodedId, element));
        }
        return keys;
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>(Positions.arguments(document));
        arguments.add(digest());
        return arguments;
    }

    String digest() {
        StringBuilder says = new StringBuilder();
        if (!document.isDelete()) {
            says.append(Json.writeCompact(document.document()));
            document.chunks().forEach(chunk -> says.append('\n').append(chunk.hash()));
        }
        return Digests.sha256(says.toString(), 16);
    }
}
