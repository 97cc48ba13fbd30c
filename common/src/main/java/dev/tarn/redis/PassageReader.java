package dev.tarn.redis;

import dev.tarn.document.Document;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.Candidate;
import dev.tarn.index.Element;
import dev.tarn.index.Search;
import dev.tarn.json.Json;
import dev.tarn.question.Clause;
import dev.tarn.question.Passage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * Finds passages: the nearest vectors, then in one round trip their payloads and manifests.
 *
 * <p>A document that is flipped between the two is found in part, for the chunks that are new to it are not among the
 * vectors. So a document that was flipped since the search began counts only when the search before found it at the same
 * revision, which is a time of the server. When the search began is told from the server's time as it is read with the
 * manifests; on a cluster, which has many clocks, from the own clock with a {@link #TOLERANCE}.
 *
 * <p>A document that lacks a listed payload is searched again; if it lacks it at the same revision, somebody has removed the
 * payload by hand, and none of the document is found until {@code tarn verify --repair}.
 */
final class PassageReader {
    private static final int OVERFETCH = 4;
    private static final int MOST_NEIGHBORS = 100_000;
    private static final int MOST_MOVES = 10;
    private static final int FIRST_ELEMENT = 2;
    private static final Duration TOLERANCE = Duration.ofSeconds(2);
    private static final long MARGIN_MICROS = 1_000;

    private static final CommandObject<List<String>> TIME =
            new CommandObject<>(new CommandArguments(Protocol.Command.TIME), BuilderFactory.STRING_LIST);

    private final UnifiedJedis redis;
    private final VectorEngine engine;
    private final String spec;

    /**
     * Reads with an engine.
     *
     * @param spec what the index says of how it was made, as text, when the engine was chosen
     */
    PassageReader(UnifiedJedis redis, VectorEngine engine, String spec) {
        this.redis = redis;
        this.engine = engine;
        this.spec = spec;
    }

    /**
     * What is found; empty when the index was made anew since its engine was chosen.
     *
     * @param candidates how many are wanted
     * @param neighbours how many before and after each are to be named
     */
    Optional<List<Candidate>> search(Search search, int candidates, int neighbours) {
        int count = Math.max(Math.max(search.topK() * OVERFETCH, 16), candidates);
        int most = Math.max(search.topK(), candidates);
        Map<String, String> seen = Map.of();
        Set<String> lacked = new HashSet<>();
        Set<String> broken = new HashSet<>();
        for (int moves = 0; moves < MOST_MOVES; ) {
            long began = System.nanoTime();
            List<VectorEngine.Neighbor> neighbors =
                    engine.nearest(search.collection(), search.vector(), search.filter(), count);
            List<VectorEngine.Neighbor> near = neighbors.stream()
                    .filter(neighbor -> neighbor.score() >= search.minScore())
                    .toList();
            Hits hits = read(search, near, neighbours, began, broken);
            if (hits == null) {
                return Optional.empty();
            }
            if (hits.lacks() != null && !lacked.add(hits.lacks())) {
                broken.add(hits.lacks());
            }
            boolean moved = hits.lacks() != null
                    || !seen.entrySet().containsAll(hits.unsettled().entrySet());
            seen = hits.unsettled();
            boolean exhausted = neighbors.size() < count || near.size() < neighbors.size() || count >= MOST_NEIGHBORS;
            boolean enough = hits.candidates().size() >= search.topK() || exhausted;
            if (enough && !moved) {
                return Optional.of(hits.candidates()
                        .subList(0, Math.min(most, hits.candidates().size())));
            }
            if (moved) {
                moves++;
            } else {
                count = Math.min(count * OVERFETCH, MOST_NEIGHBORS);
            }
        }
        throw new TransientFailure("documents change faster than they are read", null);
    }

    /**
     * @param candidates current ones that pass the filter, nearest first
     * @param lacks the document, and its revision, of a listed payload that was not there, or null
     * @param unsettled documents that may have been flipped after the vectors were read, to their revisions
     */
    private record Hits(List<Candidate> candidates, String lacks, Map<String, String> unsettled) {}

    /** Returns null when the index was made anew. */
    private Hits read(Search search, List<VectorEngine.Neighbor> near, int neighbours, long began, Set<String> broken) {
        Map<String, List<String>> elementsById = new LinkedHashMap<>();
        for (VectorEngine.Neighbor neighbor : near) {
            elementsById
                    .computeIfAbsent(neighbor.encodedId(), id -> new ArrayList<>())
                    .add(neighbor.element());
        }
        Map<VectorEngine.Neighbor, Response<String>> texts = new LinkedHashMap<>();
        Map<String, Response<List<String>>> manifests = new LinkedHashMap<>();
        Response<List<String>> time;
        Response<String> madeSo;
        Runnable known;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (VectorEngine.Neighbor neighbor : near) {
                texts.put(neighbor, pipeline.hget(Keys.chunk(neighbor.encodedId(), neighbor.element()), "text"));
            }
            elementsById.forEach((id, elements) ->
                    manifests.put(id, pipeline.hmget(Keys.manifest(id), fields(elements, neighbours))));
            madeSo = pipeline.get(Keys.SPEC);
            known = MetadataFields.check(pipeline, search.filter());
            time = redis instanceof ClusterClient ? null : pipeline.executeCommand(TIME);
        }
        if (!spec.equals(madeSo.get())) {
            return null;
        }
        known.run();
        Clause wanted = search.filter().clause();
        Map<String, Document> documents = new LinkedHashMap<>();
        Map<String, String> unsettled = unsettled(manifests, serverTime(time, began));
        List<Candidate> candidates = new ArrayList<>();
        for (VectorEngine.Neighbor neighbor : near) {
            String id = neighbor.encodedId();
            List<String> manifest = manifests.get(id).get();
            int field = FIRST_ELEMENT + elementsById.get(id).indexOf(neighbor.element());
            if (manifest.get(field) == null || broken.contains(atRevision(id, manifest))) {
                continue;
            }
            String text = texts.get(neighbor).get();
            if (text == null) {
                return new Hits(List.of(), atRevision(id, manifest), unsettled);
            }
            Document document = documents.computeIfAbsent(id, key -> Json.readOwn(manifest.get(0), Document.class));
            if (wanted.matches(document.metadata())) {
                Passage passage = new Passage(
                        candidates.size() + 1,
                        document.id(),
                        document.version(),
                        neighbor.element(),
                        document.title(),
                        document.uri(),
                        neighbor.score(),
                        text);
                ElementOrder order = ElementOrder.parse(neighbours == 0 ? null : manifest.get(manifest.size() - 1));
                candidates.add(new Candidate(
                        passage,
                        order.before(neighbor.element(), neighbours),
                        order.after(neighbor.element(), neighbours)));
            }
        }
        return new Hits(candidates, null, unsettled);
    }

    /** What the server's clock showed, in microseconds, when this process' clock showed {@code began}, or a little less. */
    private static long serverTime(Response<List<String>> time, long began) {
        long elapsed = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
        if (time == null) {
            long now = System.currentTimeMillis();
            return TimeUnit.MILLISECONDS.toMicros(now - TOLERANCE.toMillis()) - elapsed;
        }
        long seconds = Long.parseLong(time.get().get(0));
        return TimeUnit.SECONDS.toMicros(seconds) + Long.parseLong(time.get().get(1)) - elapsed - MARGIN_MICROS;
    }

    private static Map<String, String> unsettled(Map<String, Response<List<String>>> manifests, long since) {
        Map<String, String> unsettled = new HashMap<>();
        manifests.forEach((id, manifest) -> {
            String revision = manifest.get().get(1);
            if (revision != null && Long.parseLong(revision) > since) {
                unsettled.put(id, revision);
            }
        });
        return unsettled;
    }

    private static String atRevision(String encodedId, List<String> manifest) {
        return encodedId + ' ' + manifest.get(1);
    }

    private static String[] fields(List<String> elements, int neighbours) {
        List<String> fields = new ArrayList<>(List.of("document", "revision"));
        elements.forEach(element -> fields.add("e:" + element));
        if (neighbours > 0) {
            fields.add(ElementOrder.FIELD);
        }
        return fields.toArray(String[]::new);
    }

    /** The texts of elements, each null where it is not there. */
    static List<String> texts(UnifiedJedis redis, List<Element> elements) {
        List<Response<String>> texts = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (Element element : elements) {
                texts.add(pipeline.hget(Keys.chunk(Keys.encode(element.documentId()), element.name()), "text"));
            }
        }
        return texts.stream().map(Response::get).collect(Collectors.toCollection(ArrayList::new));
    }
}
