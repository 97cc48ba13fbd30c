package dev.tarn.deadletter;

import static dev.tarn.testing.Records.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.source.SourceHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {

    @Test
    void whereARecordStoodIsReadAsItWasWritten() {
        assertThat(Replay.original(List.of(header("other", "x"), Replay.header(at(42)))))
                .contains(at(42));
    }

    @Test
    void theLastOfSeveralHeadersCounts() {
        assertThat(Replay.original(List.of(Replay.header(at(1)), Replay.header(at(2)))))
                .contains(at(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "documents",
                "documents/g/0/42",
                "documents/g/0/42/5/6",
                "documents/g/x/42/5",
                "documents/g/-1/42/5",
                "documents/g/0/-2/5",
                "documents/g/0/99999999999999999999/5",
                "/g/0/42/5"
            })
    void aHeaderThatCannotBeReadCountsAsNone(String text) {
        assertThat(Replay.original(List.of(header(Replay.HEADER, text)))).isEmpty();
    }

    @Test
    void aHeaderWithoutAValueCountsAsNone() {
        assertThat(Replay.original(List.of(new SourceHeader(Replay.HEADER, null))))
                .isEmpty();
    }

    private static SourceHeader header(String key, String value) {
        return new SourceHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }
}
