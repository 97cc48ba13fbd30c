package dev.tarn.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.index.Candidate;
import dev.tarn.question.Passage;
import dev.tarn.redis.Sightings.Sighting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rounds begin at 100, 200, ...; a document with a later revision than that was flipped during the round. */
class SightingsTest {
    private final Sightings sightings = new Sightings();

    @Test
    void documentsThatStandStillAreFoundInOneRound() {
        sightings.add(List.of(seen("a", 99, "a1"), seen("b", 50, "b1")), 100);

        assertFound("a1", "b1");
    }

    @Test
    void eachDocumentIsFoundAsOfTheLatestRoundInWhichItStoodStill() {
        sightings.add(List.of(seen("a", 99, "a1"), seen("b", 101, "b1")), 100);
        assertThat(sightings.areComplete()).isFalse();

        sightings.add(List.of(seen("a", 201, "a2"), seen("b", 101, "b2")), 200);
        assertFound("a1", "b2");
    }

    @Test
    void aDocumentThatIsFlippedInEachRoundIsNotFound() {
        sightings.add(List.of(seen("a", 101, "a1")), 100);
        sightings.add(List.of(seen("a", 201, "a2")), 200);
        assertThat(sightings.areComplete()).isFalse();

        sightings.add(List.of(seen("a", 201, "a3")), 300);
        assertFound("a3");
    }

    /** As on a cluster, whose clocks are trusted to two seconds only. */
    @Test
    void aDocumentAtTheSameRevisionAgainWasFlippedBeforeTheRound() {
        sightings.add(List.of(seen("a", 500, "a1")), 100);
        sightings.add(List.of(seen("a", 500, "a2")), 200);

        assertFound("a2");
    }

    @Test
    void aDocumentThatComesAmongTheNearestWhileItIsFlippedWasNotAmongThemBefore() {
        sightings.add(List.of(seen("a", 101, "a1")), 100);
        sightings.add(List.of(seen("a", 101, "a2"), seen("b", 201, "b1")), 200);

        assertFound("a2");
    }

    @Test
    void aDocumentThatIsNoLongerAmongTheNearestIsNotFoundAsItWas() {
        sightings.add(List.of(seen("a", 99, "a1"), seen("b", 101, "b1")), 100);
        sightings.add(List.of(seen("b", 101, "b2")), 200);

        assertFound("b2");
    }

    @Test
    void aDocumentThatLacksAPayloadAtTheSameRevisionAgainIsDamagedAndNotFound() {
        sightings.add(List.of(lacking("a", 50), seen("b", 50, "b1")), 100);
        assertThat(sightings.areComplete()).isFalse();

        sightings.add(List.of(lacking("a", 50), seen("b", 50, "b1")), 200);
        assertFound("b1");
    }

    @Test
    void aDocumentThatLackedAPayloadWhileItWasFlippedIsFound() {
        sightings.add(List.of(lacking("a", 101)), 100);
        sightings.add(List.of(seen("a", 101, "a2")), 200);

        assertFound("a2");
    }

    @Test
    void roundsThatReadMoreDoNotCountWhatWasFoundAmongFewer() {
        sightings.add(List.of(seen("a", 99, "a1")), 100);
        sightings.startAgain();
        sightings.add(List.of(seen("a", 201, "a2")), 200);

        assertThat(sightings.areComplete()).isFalse();
    }

    @Test
    void whatIsFoundIsNearestFirstAndCitedSo() {
        sightings.add(
                List.of(seen("far", 1, "x"), seen("near", 1, "longer text"), seen("nearer", 1, "longest text")), 9);

        assertThat(sightings.merged(2))
                .extracting(found ->
                        found.passage().citation() + " " + found.passage().documentId())
                .containsExactly("1 nearer", "2 near");
    }

    private void assertFound(String... texts) {
        assertThat(sightings.areComplete()).isTrue();
        assertThat(sightings.merged(10))
                .extracting(found -> found.passage().text())
                .containsExactlyInAnyOrder(texts);
    }

    private static Sighting lacking(String id, long revision) {
        return new Sighting(id, Long.toString(revision), true, List.of(), List.of());
    }

    /** The longer the text, the nearer. */
    private static Sighting seen(String id, long revision, String text) {
        Passage passage = new Passage(1, id, null, id + "." + text, null, null, text.length(), text);
        return new Sighting(id, Long.toString(revision), false, List.of(Candidate.alone(passage)), List.of());
    }
}
