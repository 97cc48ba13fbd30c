package dev.tarn.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.document.MetadataValue;
import dev.tarn.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterTest {
    private static final Map<String, MetadataValue> METADATA =
            Map.of("course", MetadataValue.of("ds4300"), "tags", MetadataValue.of(List.of("lab", "exam")));

    @Test
    void noFilterLetsEverythingPass() {
        assertThat(Filter.NONE.matches(METADATA)).isTrue();
        assertThat(Filter.NONE.matches(Map.of())).isTrue();
    }

    @Test
    void everyFieldMustMatch() {
        assertThat(filter("{\"course\": \"ds4300\", \"tags\": \"exam\"}").matches(METADATA))
                .isTrue();
        assertThat(filter("{\"course\": \"ds4300\", \"tags\": \"quiz\"}").matches(METADATA))
                .isFalse();
        assertThat(filter("{\"course\": [\"ds4300\", \"cs5200\"]}").matches(METADATA))
                .isTrue();
    }

    @Test
    void aFieldThatADocumentLacksDoesNotMatch() {
        assertThat(filter("{\"week\": 3}").matches(METADATA)).isFalse();
        assertThat(filter("{\"week\": []}").matches(METADATA)).isFalse();
    }

    @Test
    void aRangeHoldsTheNumbersFromItsMinToItsMax() {
        Filter years = filter("{\"year\": {\"min\": 2010, \"max\": 2020.5}}");

        for (String within : List.of("2010", "2010.0", "2015", "2020.5", "2.02e3")) {
            assertThat(years.matches(year(within))).as(within).isTrue();
        }
        for (String beside :
                List.of("2009.999999999999999999", "2020.500000000000000001", "-2015", "\"2015\"", "true")) {
            assertThat(years.matches(year(beside))).as(beside).isFalse();
        }
        assertThat(years.matches(METADATA)).isFalse();
    }

    @Test
    void aRangeMayHaveOneEnd() {
        assertThat(filter("{\"year\": {\"min\": 2010}}").matches(year("1e400"))).isTrue();
        assertThat(filter("{\"year\": {\"min\": 2010}}").matches(year("2009"))).isFalse();
        assertThat(filter("{\"year\": {\"max\": 2010}}").matches(year("-1e400")))
                .isTrue();
        assertThat(filter("{\"year\": {\"max\": 2010}}").matches(year("2011"))).isFalse();
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

    private static Filter filter(String json) {
        return Json.readOwn(json, Filter.class);
    }
}
