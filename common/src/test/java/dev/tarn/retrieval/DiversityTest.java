package dev.tarn.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiversityTest {
    private static final double[] SCORES = {0.9, 0.89, 0.5, 0.1};

    private final Analysis analysis = new Analysis();
    private final TermTable texts = new TermTable(List.of(
            analysis.of("Compaction merges sorted files and drops old values."),
            analysis.of("Compaction merges sorted files, and drops the old values."),
            analysis.of("A Bloom filter says which files can't hold a key."),
            analysis.of("Leaders send heartbeats to their followers.")));

    @Test
    void withoutDiversityTheBestAreChosen() {
        assertThat(chosen(new Diversity(texts, SCORES, 0), 3)).containsExactly(0, 1, 2);
    }

    @Test
    void aCopyOfABetterOneComesAfterTheOthers() {
        assertThat(chosen(new Diversity(texts, SCORES, 0.5), 2)).containsExactly(0, 2);
        assertThat(chosen(new Diversity(texts, SCORES, 0.5), 9)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void theFirstIsAlwaysTheMostRelevant() {
        assertThat(chosen(new Diversity(texts, new double[] {0.1, 0.2, 0.3, 0.4}, 1), 1))
                .containsExactly(0);
        assertThat(chosen(new Diversity(texts, new double[] {0.1, 0.2, 0.3, 0.4}, 0.9), 1))
                .containsExactly(3);
    }

    @Test
    void textsWithoutATermAreLikeNothing() {
        TermTable empty = new TermTable(List.of(analysis.of(""), analysis.of("the")));

        assertThat(chosen(new Diversity(empty, new double[] {1, 1}, 0.5), 2)).containsExactly(0, 1);
        assertThat(chosen(new Diversity(new TermTable(List.of()), new double[0], 0.5), 2))
                .isEmpty();
    }

    @Test
    void eachChoiceTellsItsRelevanceLessItsLikenessToABetterOne() {
        List<Diversity.Choice> choices = new Diversity(texts, SCORES, 0.5).choose(4, each -> true);

        assertThat(choices.get(0).relevance()).isCloseTo(0.5, within(1e-9));
        assertThat(choices).isSortedAccordingTo((x, y) -> Double.compare(y.relevance(), x.relevance()));
        assertThat(choices.get(3).relevance()).isNegative();
    }

    private static List<Integer> chosen(Diversity diversity, int count) {
        return diversity.choose(count, each -> true).stream()
                .map(Diversity.Choice::index)
                .toList();
    }
}
