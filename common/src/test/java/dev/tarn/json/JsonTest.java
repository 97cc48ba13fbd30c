package dev.tarn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tarn.failure.PermanentFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    /** One field of each type that contracts have. */
    record Sample(String text, Long number, Double fraction, Instant time, Map<String, String> map) {}

    private static final Sample SAMPLE = new Sample(
            "a", 1L, 0.5, Instant.parse("2026-11-22T12:00:00.123Z"), new TreeMap<>(Map.of("z", "1", "a", "2")));

    @Test
    void everyFieldIsWrittenAndTimesAreText() {
        assertThat(text(Json.write(SAMPLE)))
                .isEqualTo("{\"text\":\"a\",\"number\":1,\"fraction\":0.5,\"time\":\"2026-11-22T12:00:00.123Z\","
                        + "\"map\":{\"a\":\"2\",\"z\":\"1\"}}");
        assertThat(text(Json.write(new Sample(null, null, null, null, null))))
                .isEqualTo("{\"text\":null,\"number\":null,\"fraction\":null,\"time\":null,\"map\":null}");
    }

    @Test
    void theCompactFormLeavesOutWhatIsNull() {
        assertThat(Json.writeCompact(new Sample("a", null, null, null, null))).isEqualTo("{\"text\":\"a\"}");
    }

    @Test
    void mapsAreWrittenInTheSameOrderHoweverTheyAreHeld() {
        Map<String, String> map = Map.of("one", "1", "two", "2", "three", "3", "four", "4", "five", "5");

        assertThat(Json.writeCompact(map))
                .isEqualTo("{\"five\":\"5\",\"four\":\"4\",\"one\":\"1\",\"three\":\"3\",\"two\":\"2\"}");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(Json.read(Json.write(SAMPLE), Sample.class)).isEqualTo(SAMPLE);
        assertThat(Json.readOwn(Json.writeCompact(SAMPLE), Sample.class)).isEqualTo(SAMPLE);
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(read("{\"text\": \"a\", \"more\": [{}]}").text()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\": 1}",
                "{\"text\": 1.5}",
                "{\"text\": true}",
                "{\"number\": \"1\"}",
                "{\"number\": 1.0}",
                "{\"number\": true}",
                "{\"fraction\": \"0.5\"}",
                "{\"text\": \"a\"} x",
                "{\"text\": \"a\"",
                "{text: 1}",
                "",
                " "
            })
    void typesAreNotTurnedIntoEachOther(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("not valid JSON for a Sample: ");
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> read("{\"more\": " + "[".repeat(100_000)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("StreamConstraintsException");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] broken = "{\"text\": \"?\"}".getBytes(StandardCharsets.UTF_8);
        broken[10] = (byte) 0xff;

        assertThatThrownBy(() -> Json.read(broken, Sample.class)).isInstanceOf(PermanentFailure.class);
    }

    @Test
    void aRefusalSaysWhereButNotWhat() {
        Throwable failure = catchThrowable(() -> read("{\"text\": \"a\",\n \"number\": \"private\"}"));

        assertThat(failure).hasMessageContaining("in field [\"number\"] at line 2, column ");
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("private");
    }

    @Test
    void whatTarnItselfWroteAndCannotReadIsNoFaultOfARecord() {
        assertThatThrownBy(() -> Json.readOwn("{", Sample.class)).isInstanceOf(UncheckedIOException.class);
    }

    private static Sample read(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), Sample.class);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
