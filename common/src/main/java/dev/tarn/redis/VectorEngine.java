package dev.tarn.redis;

import java.util.List;
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

    /** A member of the index and its cosine similarity. */
    record Neighbor(String encodedId, String element, double score) {}
}
