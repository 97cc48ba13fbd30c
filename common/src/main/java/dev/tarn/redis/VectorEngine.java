package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.document.Document;
import dev.tarn.index.Search;
import dev.tarn.model.EncodedVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/** Holds vectors and finds the nearest. One class for each kind of index that Redis offers. */
interface VectorEngine {

    /** Asks the server for what the engine needs, so that one without it fails at once. */
    void requireSupport();

    /** Makes what has to be there before the first write; does nothing where it is there. */
    void prepare();

    /**
     * Fields of a document's payloads that change while the chunk does not, and that the engine filters by. The flip of
     * the manifest sets them on every payload that it lists, and removes the numbers that are no longer among them.
     */
    Map<String, String> labels(Document document);

    /**
     * Makes the engine ready for a document's labels. Called when it is planned and before its payloads are written or
     * labelled, so that what a server forgets in between is missed by the flip.
     */
    void declare(Document document);

    /**
     * Writes payloads and vectors of one document through the fence, no payload before its vector.
     *
     * @return to be run when the pipeline is done: throws unless all that were let through are held
     */
    Runnable add(AbstractPipeline pipeline, Fence fence, List<Entry> entries);

    /**
     * Removes the vector of an element that is not listed and whose payload was deleted; not, on a single server, if it was
     * written again meanwhile.
     */
    Response<?> remove(AbstractPipeline pipeline, String collection, Member member);

    /** Asks whether a search can find an element's vector; to be got when the pipeline is done. */
    Supplier<Boolean> contains(AbstractPipeline pipeline, String collection, Member member);

    /**
     * Searches a collection in one round trip. What the filter leaves out may be left out; what is found need not pass it.
     *
     * @param count the most that are to be found by the vector; fewer come only where there are no more that pass
     */
    Found find(Search search, int count);

    /** Every collection that has vectors. */
    Set<String> collections();

    /** How many vectors a collection has. */
    long count(String collection);

    /**
     * Goes through the members of a collection, in any order. A member that is there from the beginning to the end is
     * seen; one that comes or goes meanwhile may be.
     *
     * @param batches takes members, some at a time
     */
    void members(String collection, Consumer<List<Member>> batches);

    /** An element of a document. */
    record Member(String encodedId, String element) {

        /** Reads what {@link Keys#member} wrote. */
        static Member parse(String member) {
            int colon = member.indexOf(':');
            return new Member(member.substring(0, colon), member.substring(colon + 1));
        }
    }

    /**
     * An element to be written.
     *
     * @param payload fields of its payload
     */
    record Entry(String collection, Member member, Map<String, String> payload, EncodedVector vector) {

        String key() {
            return Keys.chunk(member.encodedId(), member.element());
        }

        /** The payload as HSET takes it: each field and its value. */
        List<byte[]> fields() {
            List<byte[]> fields = new ArrayList<>();
            payload.forEach((name, value) -> {
                fields.add(name.getBytes(UTF_8));
                fields.add(value.getBytes(UTF_8));
            });
            return fields;
        }
    }

    /**
     * What a search has found.
     *
     * @param nearest by the vector, nearest first
     * @param byWords the best by the words of the question, if there is one and the engine keeps an index of words; their
     *     payloads hold their vectors. They may be among the nearest, too
     */
    record Found(List<Neighbor> nearest, List<Member> byWords) {}

    /** A member of the index and its cosine similarity. */
    record Neighbor(String encodedId, String element, double score) {

        Member member() {
            return new Member(encodedId, element);
        }
    }
}
