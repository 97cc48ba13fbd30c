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
    void aFilterIsAnObjectOfAnyFields() {
        Filter filter = filter("{\"fields\": \"x\", \"week\": 3}");

        assertThat(filter.fields()).containsOnlyKeys("fields", "week");
        assertThat(Json.writeCompact(filter)).isEqualTo("{\"fields\":\"x\",\"week\":3}");
    }

    private static Filter filter(String json) {
        return Json.readOwn(json, Filter.class);
    }
}
