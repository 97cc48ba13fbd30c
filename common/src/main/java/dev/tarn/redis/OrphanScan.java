package dev.tarn.redis;

import dev.tarn.audit.Orphan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * Finds payloads and vectors that no manifest lists.
 *
 * <p>An element carries the place of the record that wrote it, and the progress is read before the element is seen. One
 * whose record is not below the progress may yet be listed, and is left alone.
 */
final class OrphanScan {
    private final UnifiedJedis redis;
    private final VectorEngine engine;

    OrphanScan(UnifiedJedis redis, VectorEngine engine) {
        this.redis = redis;
        this.engine = engine;
    }

    void payloads(Settled settled, Consumer<Orphan> found) {
        Scans.keys(redis, Keys.ALL_PAYLOADS, page -> {
            List<Orphan> candidates = page.stream()
                    .map(key -> new Orphan(
                            Orphan.Kind.PAYLOAD, Keys.decode(Keys.encodedIdOf(key)), Keys.elementOf(key), null))
                    .filter(orphan -> settled.includes(orphan.element()))
                    .toList();
            confirmed(candidates).forEach(found);
        });
    }

    /** @param listed collection to how many elements manifests list */
    void vectors(Settled settled, Map<String, Long> listed, Consumer<Orphan> found) {
        for (String collection : engine.collections()) {
            if (engine.count(collection) == listed.getOrDefault(collection, 0L)) {
                continue;
            }
            engine.members(collection, page -> {
                List<Orphan> candidates = page.stream()
                        .filter(member -> settled.includes(member.element()))
                        .map(member -> new Orphan(
                                Orphan.Kind.VECTOR, Keys.decode(member.encodedId()), member.element(), collection))
                        .toList();
                confirmed(candidates).forEach(found);
            });
        }
    }

    /** Those that are there, and were not listed a moment before. */
    List<Orphan> confirmed(List<Orphan> candidates) {
        Map<Orphan, Response<String>> listed = new HashMap<>();
        Map<Orphan, Supplier<Boolean>> present = new HashMap<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (Orphan orphan : candidates) {
                String id = Keys.encode(orphan.documentId());
                listed.put(orphan, pipeline.hget(Keys.manifest(id), "e:" + orphan.element()));
                present.put(
                        orphan,
                        switch (orphan.kind()) {
                            case PAYLOAD -> pipeline.exists(Keys.chunk(id, orphan.element()));
                            case VECTOR ->
                                engine.contains(
                                        pipeline, orphan.collection(), new VectorEngine.Member(id, orphan.element()));
                            case GARBAGE -> pipeline.hexists(Keys.manifest(id), "g:" + orphan.element());
                        });
            }
        }
        return candidates.stream()
                .filter(orphan -> present.get(orphan).get()
                        && !belongs(orphan, listed.get(orphan).get()))
                .toList();
    }

    private static boolean belongs(Orphan orphan, String listedIn) {
        return switch (orphan.kind()) {
            case PAYLOAD -> listedIn != null;
            case VECTOR -> orphan.collection().equals(listedIn);
            case GARBAGE -> false;
        };
    }
}
