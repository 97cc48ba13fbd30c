package dev.tarn.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.question.Condition;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterValueTest {

    @Test
    void twoDotsMakeARangeWhoseEndsMayBeMissing() {
        assertThat(FilterValue.parse("2010..2020")).isEqualTo(between("2010", "2020"));
        assertThat(FilterValue.parse("2010..")).isEqualTo(between("2010", null));
        assertThat(FilterValue.parse("..2020")).isEqualTo(between(null, "2020"));
        assertThat(FilterValue.parse("-0.5..+1.5e3")).isEqualTo(between("-0.5", "1500"));
        assertThat(FilterValue.parse("{\"min\": 2010.10, \"max\": 2020}")).isEqualTo(between("2010.1", "2020"));
    }

    @Test
    void aPlainValueIsJson() {
        assertThat(FilterValue.parse("3")).isEqualTo(Condition.of(MetadataValue.of(new BigDecimal("3"))));
        assertThat(FilterValue.parse("9007199254740993.1"))
                .isEqualTo(Condition.of(MetadataValue.of(new BigDecimal("9007199254740993.1"))));
        assertThat(FilterValue.parse("true")).isEqualTo(Condition.of(MetadataValue.of(true)));
        assertThat(FilterValue.parse("\"2010..2020\"")).isEqualTo(Condition.of(MetadataValue.of("2010..2020")));
        assertThat(FilterValue.parse("[\"a\", \"b\"]")).isEqualTo(Condition.of(MetadataValue.of(List.of("a", "b"))));
        assertThat(FilterValue.parse("[1, 2.0]"))
                .isEqualTo(Condition.anyOf(List.of(BigDecimal.ONE, new BigDecimal(2))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ds4300",
                "null",
                "3 4",
                "..",
                "...",
                "1...2",
                "1..b",
                "a..b",
                "1..2..3",
                "[1, true]",
                "[1..2]"
            })
    void whatIsNeitherIsAString(String text) {
        assertThat(FilterValue.parse(text)).isEqualTo(Condition.of(MetadataValue.of(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020..2010", "{}", "{\"min\": \"2010\"}", "{\"from\": 2010}"})
    void aRangeThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> FilterValue.parse(text))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("a range");
    }

    private static Condition between(String min, String max) {
        return Condition.between(min == null ? null : new BigDecimal(min), max == null ? null : new BigDecimal(max));
    }
}
