package dev.tarn.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.json.Json;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataValueTest {
    private static final MetadataValue TEXT = MetadataValue.of("a");
    private static final MetadataValue NUMBER = MetadataValue.of(new BigDecimal("3"));
    private static final MetadataValue FLAG = MetadataValue.of(true);
    private static final MetadataValue TEXTS = MetadataValue.of(List.of("a", "b"));

    @Test
    void aValueMatchesItsEqual() {
        for (MetadataValue value : List.of(TEXT, NUMBER, FLAG)) {
            assertThat(value.matches(value)).isTrue();
        }
        assertThat(TEXT.matches(MetadataValue.of("A"))).isFalse();
        assertThat(FLAG.matches(MetadataValue.of(false))).isFalse();
    }

    @Test
    void kindsDoNotMatchEachOther() {
        assertThat(MetadataValue.of("3").matches(NUMBER)).isFalse();
        assertThat(NUMBER.matches(MetadataValue.of("3"))).isFalse();
        assertThat(MetadataValue.of("true").matches(FLAG)).isFalse();
    }

    @Test
    void aListMatchesByAnyElement() {
        assertThat(TEXTS.matches(MetadataValue.of("b"))).isTrue();
        assertThat(TEXTS.matches(MetadataValue.of("c"))).isFalse();
        assertThat(TEXTS.matches(NUMBER)).isFalse();
    }

    @Test
    void aListIsMetByAnyOfItsElements() {
        assertThat(TEXT.matches(TEXTS)).isTrue();
        assertThat(MetadataValue.of("c").matches(TEXTS)).isFalse();
        assertThat(MetadataValue.of(List.of("x", "b")).matches(TEXTS)).isTrue();
        assertThat(MetadataValue.of(List.of("x", "y")).matches(TEXTS)).isFalse();
        assertThat(TEXT.matches(MetadataValue.of(List.of()))).isFalse();
        assertThat(MetadataValue.of(List.of()).matches(TEXT)).isFalse();
    }

    @Test
    void numbersAreEqualHoweverTheyAreWritten() {
        MetadataValue thirty = read("30");

        for (String same : List.of("30.0", "30.000", "3e1", "3E+1", "300e-1")) {
            assertThat(read(same)).isEqualTo(thirty).hasSameHashCodeAs(thirty);
            assertThat(read(same).matches(thirty)).isTrue();
        }
        assertThat(read("-0.0")).isEqualTo(read("0"));
        assertThat(read("0.1").matches(read("0.10"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\"",
                "\"\"",
                "3",
                "-0.5",
                "1234567890123456780",
                "123456789012345678901234567890.123456789",
                "1e400",
                "true",
                "false",
                "[]",
                "[\"a\",\"\"]"
            })
    void aValueIsTheSameAfterAWriteAndARead(String json) {
        MetadataValue value = read(json);

        assertThat(read(Json.writeCompact(value))).isEqualTo(value);
    }

    private static MetadataValue read(String json) {
        return Json.readOwn(json, MetadataValue.class);
    }
}
