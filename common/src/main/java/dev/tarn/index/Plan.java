package dev.tarn.index;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import java.util.List;
import java.util.Map;

/**
 * What is to be done about one delivery of a record.
 *
 * @param state what the manifest says
 * @param revision the revision of the manifest that this was read from; 0 where nothing is to be written
 * @param reused hash of each chunk that the index holds already, to the element that holds it
 * @param listed every element that the manifest lists, to its collection
 * @param garbage every element that still has to be removed, to its collection
 */
public record Plan(
        State state,
        long revision,
        Map<String, String> reused,
        Map<String, String> listed,
        Map<String, String> garbage) {

    /** What the manifest says of a record. */
    public enum State {
        /** The index does not hold what the record says. */
        WRITE,
        /** The index holds just what the record says. */
        UNCHANGED,
        /** The index holds a later record. */
        SUPERSEDED
    }

    /** The chunks that have to be embedded, in their order. */
    public List<Chunk> missing(ChunkedDocument document) {
        return state == State.WRITE
                ? document.chunks().stream()
                        .filter(chunk -> !reused.containsKey(chunk.hash()))
                        .toList()
                : List.of();
    }
}
