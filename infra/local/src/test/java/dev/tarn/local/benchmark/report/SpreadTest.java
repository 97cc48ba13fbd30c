package dev.tarn.local.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void aSpreadIsTheMedianTheLeastAndTheMostInWhateverOrderTheyCome() {
        assertThat(Spread.of(9, 1, 4)).isEqualTo(new Spread(4, 1, 9, 3));
        assertThat(Spread.of(4, 1, 9, 5)).isEqualTo(new Spread(4.5, 1, 9, 4));
        assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7, 1));
        assertThatIllegalArgumentException().isThrownBy(Spread::of);
    }

    @Test
    void threeFiguresAreShownAndTheSpreadOnlyOfMoreThanOne() {
        assertThat(Spread.of(0.12345)).hasToString("0.123");
        assertThat(Spread.of(1234.4, 999.4, 45.67)).hasToString("999 (45.7 to 1,234)");
    }
}
