package dev.tarn.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiversityTest {
    private static final double[] SCORES = {0.9, 0.89, 0.5, 0.1};

    private final Analysis analysis = new Analysis();
    private final List<Terms> texts = List.of(
            analysis.of("Compaction merges sorted files and drops old values."),
            analysis.of("Compaction merges sorted files, and drops the old values."),
            analysis.of("A Bloom filter says which files can't hold a key."),
            analysis.of("Leaders send heartbeats to their followers."));

    @Test
    void withoutDiversityTheBestAreChosen() {
        assertThat(new Diversity(texts, SCORES, 0).choose(3, each -> true)).containsExactly(0, 1, 2);
    }

    @Test
    void aCopyOfABetterOneComesAfterTheOthers() {
        assertThat(new Diversity(texts, SCORES, 0.5).choose(2, each -> true)).containsExactly(0, 2);
        assertThat(new Diversity(texts, SCORES, 0.5).choose(9, each -> true)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void theFirstIsAlwaysTheMostRelevant() {
        assertThat(new Diversity(texts, new double[] {0.1, 0.2, 0.3, 0.4}, 1).choose(1, each -> true))
                .containsExactly(0);
        assertThat(new Diversity(texts, new double[] {0.1, 0.2, 0.3, 0.4}, 0.9).choose(1, each -> true))
                .containsExactly(3);
    }

    @Test
    void textsWithoutATermAreLikeNothing() {
        List<Terms> empty = List.of(analysis.of(""), analysis.of("the"));

        assertThat(new Diversity(empty, new double[] {1, 1}, 0.5).choose(2, each -> true))
                .containsExactly(0, 1);
        assertThat(new Diversity(List.of(), new double[0], 0.5).choose(2, each -> true))
                .isEmpty();
    }
}
