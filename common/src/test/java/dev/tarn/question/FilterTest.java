package dev.tarn.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Map<String, MetadataValue> METADATA =
            Map.of("course", MetadataValue.of("ds4300"), "tags", MetadataValue.of(List.of("lab", "exam")));

    @Test
    void noFilterLetsEverythingPass() {
        assertThat(Filter.NONE.clause().matches(METADATA)).isTrue();
        assertThat(Filter.NONE.clause().matches(Map.of())).isTrue();
    }

    @Test
    void everyFieldMustMatch() {
        assertThat(filter("{\"course\": \"ds4300\", \"tags\": \"exam\"}")
                        .clause()
                        .matches(METADATA))
                .isTrue();
        assertThat(filter("{\"course\": \"ds4300\", \"tags\": \"quiz\"}")
                        .clause()
                        .matches(METADATA))
                .isFalse();
        assertThat(filter("{\"course\": [\"ds4300\", \"cs5200\"]}").clause().matches(METADATA))
                .isTrue();
    }

    @Test
    void aFieldThatADocumentLacksDoesNotMatch() {
        assertThat(filter("{\"week\": 3}").clause().matches(METADATA)).isFalse();
        assertThat(filter("{\"week\": []}").clause().matches(METADATA)).isFalse();
    }

    @Test
    void aRangeHoldsTheNumbersFromItsMinToItsMax() {
        Filter years = filter("{\"year\": {\"min\": 2010, \"max\": 2020.5}}");

        for (String within : List.of("2010", "2010.0", "2015", "2020.5", "2.02e3")) {
            assertThat(years.clause().matches(year(within))).as(within).isTrue();
        }
        for (String beside :
                List.of("2009.999999999999999999", "2020.500000000000000001", "-2015", "\"2015\"", "true")) {
            assertThat(years.clause().matches(year(beside))).as(beside).isFalse();
        }
        assertThat(years.clause().matches(METADATA)).isFalse();
    }

    @Test
    void aListOfNumbersHoldsEachOfThemHoweverItIsWritten() {
        Filter years = filter("{\"year\": [2010, 2.0125e3]}");

        for (String listed : List.of("2010", "2010.0", "2012.50")) {
            assertThat(years.clause().matches(year(listed))).as(listed).isTrue();
        }
        for (String beside : List.of("2011", "\"2010\"", "true")) {
            assertThat(years.clause().matches(year(beside))).as(beside).isFalse();
        }
        assertThat(years.clause().matches(METADATA)).isFalse();
        assertThat(filter(Json.writeCompact(years))).isEqualTo(years);
    }

    @Test
    void aRangeMayHaveOneEnd() {
        assertThat(filter("{\"year\": {\"min\": 2010}}").clause().matches(year("1e400")))
                .isTrue();
        assertThat(filter("{\"year\": {\"min\": 2010}}").clause().matches(year("2009")))
                .isFalse();
        assertThat(filter("{\"year\": {\"max\": 2010}}").clause().matches(year("-1e400")))
                .isTrue();
        assertThat(filter("{\"year\": {\"max\": 2010}}").clause().matches(year("2011")))
                .isFalse();
    }

    @Test
    void aRangeIsTheSameAfterAWriteAndARead() {
        for (String json : List.of("{\"min\": 1}", "{\"max\": -0.50}", "{\"min\": 1e400, \"max\": 1e401}")) {
            Filter filter = filter("{\"year\": " + json + "}");

            assertThat(filter(Json.writeCompact(filter))).isEqualTo(filter);
        }
    }

    private static Map<String, MetadataValue> year(String json) {
        return Map.of("year", Json.readOwn(json, MetadataValue.class));
    }

    @Test
    void aFilterIsAnObjectOfAnyFields() {
        Filter filter = filter("{\"fields\": \"x\", \"week\": 3}");

        assertThat(filter.fields()).containsOnlyKeys("fields", "week");
        assertThat(Json.writeCompact(filter)).isEqualTo("{\"fields\":\"x\",\"week\":3}");
    }

    @Test
    void aClauseIsTheSameAfterAWriteAndAReadAndItsOrderDoesNotMatter() {
        Filter filter = filter(
                "{\"b\": {\"min\": 1e400}, \"$or\": [{\"x\": 1.0, \"a\": \"y\"}, {\"$not\": {\"$$or\": [\"z\"]}}], \"$$$and\": 1}");

        assertThat(filter(Json.writeCompact(filter))).isEqualTo(filter);
        assertThat(Json.writeCompact(filter))
                .isEqualTo(
                        "{\"$$$and\":1,\"$or\":[{\"a\":\"y\",\"x\":1},{\"$not\":{\"$$or\":[\"z\"]}}],\"b\":{\"min\":1E+400}}");
        assertThat(
                        filter(
                                "{\"$$$and\": 1, \"$or\": [{\"a\": \"y\", \"x\": 1}, {\"$not\": {\"$$or\": [\"z\"]}}], \"b\": {\"min\": 1e400}}"))
                .isEqualTo(filter);
        assertThat(filter.fields()).containsOnlyKeys("b", "$$and");
    }

    @Test
    void aFieldThatADocumentLacksPassesANot() {
        assertThat(filter("{\"$not\": {\"week\": 3}}").clause().matches(METADATA))
                .isTrue();
        assertThat(filter("{\"$not\": {\"course\": \"ds4300\"}}").clause().matches(METADATA))
                .isFalse();
        assertThat(filter("{\"$not\": {}}").clause().matches(METADATA)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"and", "or", "not", "$in", "$", "$$", "$andy", "AND", "$AND"})
    void everyOtherNameIsAField(String name) {
        assertThat(filter("{\"" + name + "\": [\"a\"]}").fields()).containsOnlyKeys(name);
    }

    @Test
    void aFilterIsAsDeepAndAsLargeAsIsAllowed() {
        assertThat(filter(nested(ClauseReader.MAX_DEPTH - 1)).clause().matches(METADATA))
                .isFalse();
        assertRefused(nested(ClauseReader.MAX_DEPTH), "a filter nests at most 8 clauses");
        assertThat(filter(alternatives(ClauseReader.MAX_PARTS / 2 - 1)).clause().any())
                .hasSize(127);
        assertRefused(alternatives(ClauseReader.MAX_PARTS / 2), "a filter has at most 256 fields and clauses");
        assertThat(filter(values(ClauseReader.MAX_VALUES)).fields()).hasSize(1);
        assertRefused(values(ClauseReader.MAX_VALUES + 1), "a filter's lists have at most 1000 values");
        String longest = "x".repeat(ClauseReader.MAX_LENGTH - "{\"a\":\"\"}".length());
        assertThat(filter("{\"a\": \"" + longest + "\"}").fields()).hasSize(1);
        assertRefused("{\"a\": \"" + longest + "x\"}", "the filter has 64001 characters, more than the 64000");
    }

    @Test
    void aNumberWhoseExponentHasNoRoomForItsZerosIsRefused() {
        for (String number : List.of("100e2147483647", "{\"min\": 100e2147483647}", "[100e2147483647]")) {
            assertRefused("{\"year\": " + number + "}", "a number's exponent is");
        }
    }

    private static String nested(int times) {
        return "{\"$not\":".repeat(times) + "{}" + "}".repeat(times);
    }

    private static String alternatives(int count) {
        return "{\"$or\":[" + String.join(",", Collections.nCopies(count, "{\"a\":1}")) + "]}";
    }

    private static String values(int count) {
        return "{\"a\":[" + String.join(",", Collections.nCopies(count, "\"v\"")) + "]}";
    }

    private static void assertRefused(String json, String reason) {
        assertThatThrownBy(() -> Json.read(json.getBytes(StandardCharsets.UTF_8), Filter.class))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(reason);
    }

    private static Filter filter(String json) {
        return Json.readOwn(json, Filter.class);
    }
}
