package dev.tarn.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** The last step of every delivery: what no manifest lists any more is removed. */
record Garbage(UnifiedJedis redis, VectorEngine engine) {
    private static final Script SWEEP = Script.named("position.lua", "sweep.lua");
    private static final Script DISCARD = Script.named("position.lua", "discard.lua");
    private static final Script CLEAR = Script.named("clear.lua");

    /**
     * Removes vectors for good.
     *
     * @param gone elements whose payloads were deleted because no manifest lists them
     * @param garbage what the manifest has as garbage, to its collection
     * @param declared elements whose payloads the script has looked after
     */
    void remove(Delivery delivery, List<String> gone, Map<String, String> garbage, Collection<String> declared) {
        List<String> unlisted = new ArrayList<>(gone);
        List<String> others = new ArrayList<>(garbage.keySet());
        others.removeAll(new HashSet<>(declared));
        if (!others.isEmpty()) {
            unlisted.addAll(Reply.texts(SWEEP.run(redis, delivery.keys(others), others)));
        }
        Map<String, String> collections = new HashMap<>();
        unlisted.forEach(element -> collections.put(element, garbage.getOrDefault(element, delivery.collection())));
        removeVectors(delivery.encodedId(), collections);
        List<String> cleared = unlisted.stream().filter(garbage::containsKey).toList();
        if (!cleared.isEmpty()) {
            CLEAR.run(redis, delivery.keys(cleared), cleared);
        }
    }

    /** Removes what a refused record has written; what a manifest lists stays. */
    void discard(Delivery delivery) {
        List<String> own = delivery.ownElements();
        Map<String, String> written = new HashMap<>();
        own.forEach(element -> written.put(element, delivery.collection()));
        remove(delivery, Reply.texts(DISCARD.run(redis, delivery.keys(own), own)), written, own);
    }

    /** Removes the vectors of elements, each from its collection. */
    void removeVectors(String encodedId, Map<String, String> elements) {
        if (elements.isEmpty()) {
            return;
        }
        List<Response<?>> responses = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            elements.forEach((element, collection) ->
                    responses.add(engine.remove(pipeline, collection, new VectorEngine.Member(encodedId, element))));
        }
        responses.forEach(Response::get);
    }
}
