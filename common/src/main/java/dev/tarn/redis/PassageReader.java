package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.document.Document;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.Candidate;
import dev.tarn.index.Element;
import dev.tarn.index.Search;
import dev.tarn.json.Json;
import dev.tarn.model.Cosine;
import dev.tarn.model.EncodedVector;
import dev.tarn.question.Clause;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.redis.Sightings.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
 * Finds passages: the nearest vectors, and what the question's words find, then in one round trip their payloads and manifests;
 * in several where a filter that few pass has many read.
 *
 * <p>A document that is flipped between the two is seen in part; then both are repeated, until each document has stood still
 * in one of these rounds ({@link Sightings}). When a round began is told from the server's time as it is read with the
 * manifests; on a cluster, which has many clocks, from the own clock with a {@link #TOLERANCE}.
 *
 * <p>A document that lacks a listed payload is searched for again; if it lacks it at the same revision, somebody has removed
 * the payload by hand, and none of the document is found until {@code tarn verify --repair}.
 */
final class PassageReader {
    private static final String TEXT = "text";
    private static final int OVERFETCH = 4;
    private static final int MOST_NEIGHBORS = 100_000;

    /** How many of the nearest are looked at for more than {@code topK} that pass a filter. */
    private static final int MOST_FOR_CHOICE = 2_400;

    /** How many texts are in memory before the filter has its say; usual searches read less than that. */
    private static final int MOST_TEXTS = 5_000;

    private static final int MOST_ROUNDS = 10;
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
        Sightings sightings = new Sightings();
        for (int rounds = 0; rounds < MOST_ROUNDS; ) {
            long began = System.nanoTime();
            VectorEngine.Found found = engine.find(search, count);
            List<VectorEngine.Neighbor> neighbors = found.nearest();
            List<VectorEngine.Neighbor> near = neighbors.stream()
                    .filter(neighbor -> neighbor.score() >= search.minScore())
                    .toList();
            Round round = read(search, near, Set.copyOf(found.byWords()), neighbours, began);
            if (round == null) {
                return Optional.empty();
            }
            sightings.add(round.sightings(), round.since());
            if (!sightings.areComplete()) {
                rounds++;
                continue;
            }
            boolean exhausted = neighbors.size() < count || near.size() < neighbors.size() || count >= MOST_NEIGHBORS;
            boolean mayPassMore = !search.filter().equals(Filter.NONE) && count < MOST_FOR_CHOICE;
            if (exhausted || sightings.nearest() >= (mayPassMore ? most : search.topK())) {
                return Optional.of(sightings.merged(most));
            }
            count = Math.min(count * OVERFETCH, MOST_NEIGHBORS);
            sightings.startAgain();
        }
        throw new TransientFailure("a document changes whenever it is read", null);
    }

    /** @param since when the search for the nearest began, as a revision */
    private record Round(List<Sighting> sightings, long since) {}

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
            byte[] found = vector.get();
            return found == null || found.length != question.length * Float.BYTES
                    ? Double.NaN
                    : Cosine.similarity(question, new EncodedVector(found).floats());
        }
    }

    /** Returns null when the index was made anew. */
    private Round read(
            Search search,
            List<VectorEngine.Neighbor> near,
            Set<VectorEngine.Member> byWords,
            int neighbours,
            long began) {
        Map<VectorEngine.Member, Double> scores = new LinkedHashMap<>();
        near.forEach(neighbor -> scores.put(neighbor.member(), neighbor.score()));
        Map<String, List<VectorEngine.Member>> members = new LinkedHashMap<>();
        Stream.concat(scores.keySet().stream(), byWords.stream())
                .distinct()
                .forEach(member -> members.computeIfAbsent(member.encodedId(), id -> new ArrayList<>())
                        .add(member));
        Clause wanted = search.filter().clause();
        List<Sighting> sightings = new ArrayList<>();
        Iterator<List<VectorEngine.Member>> documents = members.values().iterator();
        long since = Long.MAX_VALUE;
        do {
            Part part = part(search, documents, scores, neighbours, began);
            if (part == null) {
                return null;
            }
            part.asked()
                    .forEach((id, of) -> sightings.add(sighting(
                            search, wanted, of, part.manifests().get(id).get(), scores.keySet(), byWords, neighbours)));
            since = Math.min(since, part.since());
        } while (documents.hasNext());
        return new Round(sightings, since);
    }

    /** Some of the documents, by their encoded ids. */
    private record Part(Map<String, List<Asked>> asked, Map<String, Response<List<String>>> manifests, long since) {}

    /** Returns null when the index was made anew. */
    private Part part(
            Search search,
            Iterator<List<VectorEngine.Member>> documents,
            Map<VectorEngine.Member, Double> scores,
            int neighbours,
            long began) {
        Map<String, List<Asked>> asked = new LinkedHashMap<>();
        Map<String, Response<List<String>>> manifests = new LinkedHashMap<>();
        Response<List<String>> time;
        Response<String> madeSo;
        Runnable known;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (int texts = 0; texts < MOST_TEXTS && documents.hasNext(); ) {
                List<VectorEngine.Member> of = documents.next();
                asked.put(
                        of.get(0).encodedId(),
                        of.stream()
                                .map(member -> Asked.of(pipeline, member, scores.get(member)))
                                .toList());
                texts += of.size();
            }
            asked.forEach((id, of) -> manifests.put(id, pipeline.hmget(Keys.manifest(id), fields(of, neighbours))));
            madeSo = pipeline.get(Keys.SPEC);
            known = MetadataFields.check(pipeline, search.filter());
            time = redis instanceof ClusterClient ? null : pipeline.executeCommand(TIME);
        }
        if (!spec.equals(madeSo.get())) {
            return null;
        }
        known.run();
        return new Part(asked, manifests, serverTime(time, began));
    }

    private static Sighting sighting(
            Search search,
            Clause wanted,
            List<Asked> asked,
            List<String> manifest,
            Set<VectorEngine.Member> near,
            Set<VectorEngine.Member> byWords,
            int neighbours) {
        List<Asked> listed = IntStream.range(0, asked.size())
                .filter(i -> manifest.get(FIRST_ELEMENT + i) != null)
                .mapToObj(asked::get)
                .toList();
        boolean lacksPayload = listed.stream().anyMatch(each -> each.text().get() == null);
        Sighting sighting = new Sighting(
                asked.get(0).member().encodedId(), manifest.get(1), lacksPayload, new ArrayList<>(), new ArrayList<>());
        if (listed.isEmpty() || lacksPayload) {
            return sighting;
        }
        Document document = Json.readOwn(manifest.get(0), Document.class);
        if (!wanted.matches(document.metadata())) {
            return sighting;
        }
        for (Asked each : listed) {
            double similarity = each.similarity(search.vector());
            if (similarity >= search.minScore()) {
                Candidate candidate = candidate(document, each, similarity, manifest, neighbours);
                if (near.contains(each.member())) {
                    sighting.nearest().add(candidate);
                }
                if (byWords.contains(each.member())) {
                    sighting.byWords().add(candidate);
                }
            }
        }
        return sighting;
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

    private static String[] fields(List<Asked> asked, int neighbours) {
        List<String> fields = new ArrayList<>(List.of("document", "revision"));
        asked.forEach(each -> fields.add("e:" + each.member().element()));
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
