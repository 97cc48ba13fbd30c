package dev.tarn.redis;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.Verdict;
import dev.tarn.document.Chunk;
import dev.tarn.index.RecordOrder;
import dev.tarn.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * Compares records with what the index holds.
 *
 * <p>A payload is deleted at once with the flip that no longer lists it. So a manifest that reads the same before and
 * after its elements says that what they lacked was missing, and not on its way.
 */
final class DocumentCheck {
    private static final int MOST_MOVES = 5;

    private final UnifiedJedis redis;
    private final VectorEngine engine;

    DocumentCheck(UnifiedJedis redis, VectorEngine engine) {
        this.redis = redis;
        this.engine = engine;
    }

    /** A verdict for each expectation, in order. */
    List<Verdict> compare(List<Expectation> expectations) {
        Map<Integer, Verdict> verdicts = new HashMap<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < expectations.size(); i++) {
            open.add(i);
        }
        for (int moves = 0; moves < MOST_MOVES && !open.isEmpty(); moves++) {
            open = look(expectations, open, verdicts);
        }
        List<Verdict> inOrder = new ArrayList<>();
        for (int i = 0; i < expectations.size(); i++) {
            inOrder.add(verdicts.getOrDefault(i, Verdict.MOVING));
        }
        return inOrder;
    }

    /** Looks once; returns what was replaced meanwhile. */
    private List<Integer> look(List<Expectation> expectations, List<Integer> open, Map<Integer, Verdict> verdicts) {
        Map<String, Response<Map<String, String>>> manifests = new LinkedHashMap<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (int i : open) {
                String id = Keys.encode(expectations.get(i).id());
                manifests.computeIfAbsent(id, key -> pipeline.hgetAll(Keys.manifest(key)));
            }
        }
        Map<Integer, Elements> toCheck = new LinkedHashMap<>();
        for (int i : open) {
            Expectation expected = expectations.get(i);
            String id = Keys.encode(expected.id());
            StoredManifest manifest = new StoredManifest(id, manifests.get(id).get());
            Verdict verdict = byManifest(expected, manifest);
            verdicts.put(i, verdict);
            if (verdict.state() == Verdict.State.EQUAL && !expected.isDelete()) {
                toCheck.put(i, new Elements(expected, manifest));
            }
        }
        try (AbstractPipeline pipeline = redis.pipelined()) {
            toCheck.values().forEach(elements -> elements.request(pipeline));
        }
        toCheck.values().removeIf(Elements::areComplete);
        try (AbstractPipeline pipeline = redis.pipelined()) {
            toCheck.values().forEach(elements -> elements.requestManifest(pipeline));
        }
        List<Integer> moved = new ArrayList<>();
        toCheck.forEach((i, elements) -> {
            if (elements.moved()) {
                moved.add(i);
                verdicts.remove(i);
            } else {
                verdicts.put(i, elements.verdict());
            }
        });
        return moved;
    }

    private static Verdict byManifest(Expectation expected, StoredManifest manifest) {
        if (!manifest.exists()) {
            return expected.isDelete() ? Verdict.EQUAL : Verdict.missing("the index has nothing of it");
        }
        RecordOrder stored = manifest.order();
        boolean sameContent = expected.content() != null
                && Delivery.of(expected.content()).digest().equals(manifest.digest());
        if (expected.order().isOlderThan(stored)) {
            return sameContent || isOutversioned(expected.order(), stored) ? Verdict.SETTLED : Verdict.SUPERSEDED;
        }
        if (!expected.order().isSameAs(stored)) {
            return expected.isDelete() && manifest.listed().isEmpty()
                    ? Verdict.EQUAL
                    : Verdict.stale("the index holds offset " + stored.offset() + " of " + stored.log()
                            + (sameContent ? ", which says the same" : ""));
        }
        if (expected.content() == null) {
            return Verdict.damaged("the record can't be read, but the index holds something of it");
        }
        Set<String> hashes = new HashSet<>();
        manifest.listed().keySet().forEach(element -> hashes.add(Keys.hashOf(element)));
        Delivery delivery = Delivery.of(expected.content());
        if (!hashes.equals(delivery.own().keySet())) {
            return Verdict.damaged("the manifest lists " + hashes.size() + " chunks, the record has "
                    + delivery.own().size() + ", and they are not the same");
        }
        if (!sameContent
                || manifest.listed().size() != hashes.size()
                || !manifest.listed().values().stream().allMatch(delivery.collection()::equals)
                || !manifest.document().equals(document(expected))) {
            return Verdict.damaged("the manifest says something else than the record");
        }
        return Verdict.EQUAL;
    }

    /** A compacted topic may have lost the record with the greater version: the index is right to keep it. */
    private static boolean isOutversioned(RecordOrder record, RecordOrder stored) {
        return record.version() != null && stored.version() != null && record.version() < stored.version();
    }

    private static String document(Expectation expected) {
        return expected.isDelete() ? "" : Json.writeCompact(expected.content().document());
    }

    /** The elements that a manifest lists, looked up. */
    private final class Elements {
        private final Expectation expected;
        private final StoredManifest manifest;
        private final Map<String, Response<String>> texts = new LinkedHashMap<>();
        private final Map<String, Supplier<Boolean>> vectors = new LinkedHashMap<>();
        private Response<List<String>> after;

        Elements(Expectation expected, StoredManifest manifest) {
            this.expected = expected;
            this.manifest = manifest;
        }

        void request(AbstractPipeline pipeline) {
            String id = manifest.encodedId();
            manifest.listed().forEach((element, collection) -> {
                texts.put(element, pipeline.hget(Keys.chunk(id, element), "text"));
                vectors.put(element, engine.contains(pipeline, collection, new VectorEngine.Member(id, element)));
            });
        }

        boolean areComplete() {
            return verdict().equals(Verdict.EQUAL);
        }

        /** In a round of its own, after the elements: of a cluster, they are on several nodes. */
        void requestManifest(AbstractPipeline pipeline) {
            after = pipeline.hmget(Keys.manifest(manifest.encodedId()), "revision", "log", "offset");
        }

        boolean moved() {
            List<String> now = after.get();
            return !manifest.revision().equals(now.get(0))
                    || !manifest.fields().get("log").equals(now.get(1))
                    || !manifest.fields().get("offset").equals(now.get(2));
        }

        Verdict verdict() {
            Map<String, String> wanted = new HashMap<>();
            for (Chunk chunk : expected.content().chunks()) {
                wanted.put(chunk.hash(), chunk.text());
            }
            int noPayload = 0;
            int otherText = 0;
            int noVector = 0;
            for (Map.Entry<String, Response<String>> text : texts.entrySet()) {
                String stored = text.getValue().get();
                if (stored == null) {
                    noPayload++;
                } else if (!stored.equals(wanted.get(Keys.hashOf(text.getKey())))) {
                    otherText++;
                }
                noVector += Boolean.TRUE.equals(vectors.get(text.getKey()).get()) ? 0 : 1;
            }
            if (noPayload + otherText + noVector == 0) {
                return Verdict.EQUAL;
            }
            return Verdict.damaged("of " + texts.size() + " chunks " + noPayload + " have no payload, " + otherText
                    + " another text, " + noVector + " no vector");
        }
    }
}
