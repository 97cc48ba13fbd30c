package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.document.Document;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.Candidate;
import dev.tarn.index.Element;
import dev.tarn.index.Search;
import dev.tarn.json.Json;
import dev.tarn.model.Cosine;
import dev.tarn.question.Clause;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * Finds passages: the nearest vectors, and what the question's words find, then in one round trip their payloads and manifests.
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
    private static final String TEXT = "text";
    private static final int OVERFETCH = 4;
    private static final int MOST_NEIGHBORS = 100_000;

    /** How many of the nearest are looked at for more than {@code topK} that pass a filter. */
    private static final int MOST_FOR_CHOICE = 2_400;

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
            VectorEngine.Found found = engine.find(search, count);
            List<VectorEngine.Neighbor> neighbors = found.nearest();
            List<VectorEngine.Neighbor> near = neighbors.stream()
                    .filter(neighbor -> neighbor.score() >= search.minScore())
                    .toList();
            Hits hits = read(search, near, Set.copyOf(found.byWords()), neighbours, began, broken);
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
            boolean mayPassMore = !search.filter().equals(Filter.NONE) && count < MOST_FOR_CHOICE;
            boolean enough = hits.nearest().size() >= (mayPassMore ? most : search.topK()) || exhausted;
            if (enough && !moved) {
                return Optional.of(hits.merged(most));
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
     * What was read.
     *
     * @param nearest current ones that pass the filter, nearest first
     * @param byWords the same, those that were found by their words, in any order; some of the nearest may be among them
     * @param lacks the document, and its revision, of a listed payload that was not there, or null
     * @param unsettled documents that may have been flipped after the vectors were read, to their revisions
     */
    private record Hits(List<Candidate> nearest, List<Candidate> byWords, String lacks, Map<String, String> unsettled) {

        /** Some of the nearest and all that were found by their words, nearest first and cited so. */
        List<Candidate> merged(int most) {
            List<Candidate> first = nearest.subList(0, Math.min(most, nearest.size()));
            List<Candidate> merged = Stream.concat(first.stream(), byWords.stream())
                    .distinct()
                    .sorted(Comparator.comparingDouble(
                                    (Candidate candidate) -> candidate.passage().score())
                            .reversed())
                    .toList();
            return IntStream.range(0, merged.size())
                    .mapToObj(i -> merged.get(i).cited(i + 1))
                    .toList();
        }
    }

    /**
     * A payload that was asked for.
     *
     * @param score the cosine similarity, or null where it is told from the vector
     * @param vector null where the score is known
     */
    private record Asked(VectorEngine.Member member, Double score, Response<String> text, Response<byte[]> vector) {

        static Asked of(AbstractPipeline pipeline, VectorEngine.Member member, Double score) {
            String key = Keys.chunk(member.encodedId(), member.element());
            return new Asked(
                    member,
                    score,
                    pipeline.hget(key, TEXT),
                    score != null ? null : pipeline.hget(key.getBytes(UTF_8), SearchIndex.VECTOR.getBytes(UTF_8)));
        }

        double similarity(float[] question) {
            if (score != null) {
                return score;
            }
            float[] found = vector.get() == null ? null : Vectors.floats(vector.get(), question.length);
            return found == null ? Double.NaN : Cosine.similarity(question, found);
        }
    }

    /** Returns null when the index was made anew. */
    private Hits read(
            Search search,
            List<VectorEngine.Neighbor> near,
            Set<VectorEngine.Member> byWords,
            int neighbours,
            long began,
            Set<String> broken) {
        Map<VectorEngine.Member, Double> scores = new LinkedHashMap<>();
        near.forEach(neighbor -> scores.put(neighbor.member(), neighbor.score()));
        Set<VectorEngine.Member> members = new LinkedHashSet<>(scores.keySet());
        members.addAll(byWords);
        Map<String, List<String>> elementsById = new LinkedHashMap<>();
        members.forEach(member -> elementsById
                .computeIfAbsent(member.encodedId(), id -> new ArrayList<>())
                .add(member.element()));
        List<Asked> asked = new ArrayList<>();
        Map<String, Response<List<String>>> manifests = new LinkedHashMap<>();
        Response<List<String>> time;
        Response<String> madeSo;
        Runnable known;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            members.forEach(member -> asked.add(Asked.of(pipeline, member, scores.get(member))));
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
        Hits hits = new Hits(new ArrayList<>(), new ArrayList<>(), null, unsettled);
        for (Asked each : asked) {
            String id = each.member().encodedId();
            List<String> manifest = manifests.get(id).get();
            int field =
                    FIRST_ELEMENT + elementsById.get(id).indexOf(each.member().element());
            if (manifest.get(field) == null || broken.contains(atRevision(id, manifest))) {
                continue;
            }
            if (each.text().get() == null) {
                return new Hits(List.of(), List.of(), atRevision(id, manifest), unsettled);
            }
            Document document = documents.computeIfAbsent(id, key -> Json.readOwn(manifest.get(0), Document.class));
            if (wanted.matches(document.metadata())) {
                double similarity = each.similarity(search.vector());
                if (similarity >= search.minScore()) {
                    Candidate candidate = candidate(document, each, similarity, manifest, neighbours);
                    if (scores.containsKey(each.member())) {
                        hits.nearest().add(candidate);
                    }
                    if (byWords.contains(each.member())) {
                        hits.byWords().add(candidate);
                    }
                }
            }
        }
        return hits;
    }

    private static Candidate candidate(
            Document document, Asked asked, double similarity, List<String> manifest, int neighbours) {
        String element = asked.member().element();
        Passage passage = new Passage(
                1,
                document.id(),
                document.version(),
                element,
                document.title(),
                document.uri(),
                similarity,
                asked.text().get());
        ElementOrder order = ElementOrder.parse(neighbours == 0 ? null : manifest.get(manifest.size() - 1));
        return new Candidate(passage, order.before(element, neighbours), order.after(element, neighbours));
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
                texts.add(pipeline.hget(Keys.chunk(Keys.encode(element.documentId()), element.name()), TEXT));
            }
        }
        return texts.stream().map(Response::get).collect(Collectors.toCollection(ArrayList::new));
    }
}
