package dev.tarn.redis;

import dev.tarn.index.Candidate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the rounds of one search have seen of each document. A document that was flipped during a round is seen in part, for
 * the chunks that are new to it are not among the vectors; what counts is the latest round during which it stood still.
 * That it was not among the nearest then is a sighting, too. So a search is over when each document has stood still in one
 * of its rounds, however many others are flipped meanwhile.
 */
final class Sightings {
    private static final Comparator<Candidate> NEAREST_FIRST = Comparator.comparingDouble(
                    (Candidate candidate) -> candidate.passage().score())
            .reversed();

    private final Set<String> damaged = new HashSet<>();
    private Map<String, String> moving = Map.of();
    private Map<String, Sighting> still = Map.of();
    private Set<String> open = Set.of();
    private boolean isFirst = true;

    /**
     * A document as one round found it.
     *
     * @param revision the manifest's, or null where there is none
     * @param lacksPayload whether a payload that the manifest lists was not there
     * @param nearest current chunks that pass the filter, in any order
     * @param byWords the same, those that were found by their words; some of the nearest may be among them
     */
    record Sighting(
            String encodedId,
            String revision,
            boolean lacksPayload,
            List<Candidate> nearest,
            List<Candidate> byWords) {}

    /**
     * Adds a round.
     *
     * @param since when it began, as a revision: a document with a later one may have been flipped during it
     */
    void add(List<Sighting> round, long since) {
        Map<String, String> movingNow = new HashMap<>();
        Map<String, Sighting> stillNow = new LinkedHashMap<>();
        for (Sighting sighting : round) {
            String id = sighting.encodedId();
            if (isStill(sighting, since)) {
                stillNow.put(id, sighting);
            } else {
                movingNow.put(id, sighting.revision());
                if (still.containsKey(id)) {
                    stillNow.put(id, still.get(id));
                }
            }
        }
        Set<String> openNow = new HashSet<>(movingNow.keySet());
        if (!isFirst) {
            openNow.retainAll(open);
        }
        open = openNow;
        moving = movingNow;
        still = stillNow;
        isFirst = false;
    }

    /**
     * Who lacks a payload may just have been flipped; who lacks it at the same revision again is damaged, and not found.
     * Who has the same revision as in the round before was flipped before this one began.
     */
    private boolean isStill(Sighting sighting, long since) {
        String revision = sighting.revision();
        if (sighting.lacksPayload()) {
            return !damaged.add(sighting.encodedId() + ' ' + revision);
        }
        return revision == null
                || Long.parseLong(revision) <= since
                || revision.equals(moving.get(sighting.encodedId()));
    }

    /** Whether each document has stood still in one of the rounds. */
    boolean areComplete() {
        return open.isEmpty();
    }

    /** Begins again, for rounds that read more of the nearest. */
    void startAgain() {
        still = Map.of();
        isFirst = true;
    }

    long nearest() {
        return still.values().stream()
                .mapToLong(sighting -> sighting.nearest().size())
                .sum();
    }

    /** Some of the nearest and all that were found by their words, nearest first and cited so. */
    List<Candidate> merged(int most) {
        Stream<Candidate> first = still.values().stream()
                .flatMap(sighting -> sighting.nearest().stream())
                .sorted(NEAREST_FIRST)
                .limit(most);
        Stream<Candidate> byWords = still.values().stream().flatMap(sighting -> sighting.byWords().stream());
        List<Candidate> merged =
                Stream.concat(first, byWords).distinct().sorted(NEAREST_FIRST).toList();
        return IntStream.range(0, merged.size())
                .mapToObj(i -> merged.get(i).cited(i + 1))
                .toList();
    }
}
