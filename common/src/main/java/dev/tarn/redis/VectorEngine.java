package dev.tarn.redis;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/** Holds vectors and finds the nearest. One class for each kind of index that Redis offers. */
interface VectorEngine {

    /** The engine's name in options and in the spec. */
    String name();

    /** Asks the server for what the engine needs, so that one without it fails at once. */
    void requireSupport();

    /** Adds an element's vector; its payload is written apart, in the same pipeline. */
    Response<?> add(AbstractPipeline pipeline, String collection, String encodedId, String element, float[] vector);

    /** Removes an element's vector, if it is there. */
    Response<?> remove(AbstractPipeline pipeline, String collection, String encodedId, String element);

    /**
     * The members nearest to a vector.
     *
     * @return at most {@code count}, nearest first; fewer only where there are no more
     */
    List<Neighbor> nearest(String collection, float[] vector, int count);

    /** How many vectors are held, over all collections. */
    long count();

    /** Asks whether a search can find an element's vector. */
    Response<Boolean> contains(AbstractPipeline pipeline, String collection, Member member);

    /** The collections that have vectors. */
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

    /** A member of the index and its cosine similarity. */
    record Neighbor(String encodedId, String element, double score) {}
}
