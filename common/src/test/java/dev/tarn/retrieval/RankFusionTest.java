package dev.tarn.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankFusionTest {

    @Test
    void ranksAreFromOneAndTheFirstOfEqualsIsBefore() {
        assertThat(Ranking.ranks(new double[] {0.2, 0.9, 0.2, -1})).containsExactly(2, 1, 3, 4);
        assertThat(Ranking.order(new double[] {0.2, 0.9, 0.2, -1})).containsExactly(1, 0, 2, 3);
    }

    @Test
    void aShareIsTheReciprocalOfConstantAndRank() {
        assertThat(new RankFusion(60).share(1, 1)).isCloseTo(1.0 / 61, within(1e-12));
        assertThat(new RankFusion(60).share(40, 0.5)).isCloseTo(0.005, within(1e-12));
    }
}
