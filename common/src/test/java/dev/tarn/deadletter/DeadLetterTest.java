package dev.tarn.deadletter;

import static dev.tarn.testing.Records.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.Redacted;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourceRecord;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private final PermanentFailure noText = new PermanentFailure("the document has no text");

    @Test
    void theRecordIsUntouchedAndTheHeadersSayWhatHappenedAndWhere() {
        SourceRecord record = record(header("traceparent", "00-1-2-01"));

        DeadLetter letter = DeadLetter.of(record, "parse", noText);

        assertThat(letter.source()).isSameAs(record);
        assertThat(headers(letter))
                .containsExactly(
                        Map.entry("traceparent", "00-1-2-01"),
                        Map.entry("tarn-error-stage", "parse"),
                        Map.entry("tarn-error-reason", "the document has no text"),
                        Map.entry("tarn-error-class", "PermanentFailure"),
                        Map.entry("tarn-source-topic", "documents"),
                        Map.entry("tarn-source-generation", "generation-1"),
                        Map.entry("tarn-source-partition", "0"),
                        Map.entry("tarn-source-offset", "42"),
                        Map.entry("tarn-source-timestamp", "1767225642000"));
    }

    @Test
    void headersOfTheProducerKeepTheirOrderTheirRepetitionAndTheirBytes() {
        byte[] notText = {(byte) 0xff, 0};
        SourceRecord record = record(
                new SourceHeader("b", notText), header("a", "1"), header("b", "2"), new SourceHeader("none", null));

        List<SourceHeader> headers = DeadLetter.of(record, "parse", noText).headers();

        assertThat(headers.subList(0, 4)).isEqualTo(record.headers());
    }

    @Test
    void headersOfAnEarlierFailureAreReplaced() {
        SourceRecord again = record(
                header("traceparent", "00-1-2-01"),
                header("tarn-error-reason", "earlier"),
                header("tarn-source-offset", "1"));

        DeadLetter letter = DeadLetter.of(again, "embed", noText);

        assertThat(headers(letter))
                .hasSameSizeAs(letter.headers())
                .containsEntry("tarn-error-reason", "the document has no text")
                .containsEntry("tarn-source-offset", "42");
    }

    @Test
    void theClassIsThatOfTheCause() {
        PermanentFailure plain = new PermanentFailure("broken", new EOFException("x"));
        PermanentFailure redacted = new PermanentFailure("broken", Redacted.of(new EOFException("x")));

        assertThat(DeadLetter.of(record(), "parse", plain).errorClass()).isEqualTo("EOFException");
        assertThat(DeadLetter.of(record(), "parse", redacted).errorClass()).isEqualTo("EOFException");
    }

    @Test
    void aFailureWithoutAMessageStillHasAReason() {
        assertThat(DeadLetter.of(record(), "parse", new IllegalStateException()).reason())
                .isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void aLongReasonIsCut() {
        DeadLetter letter = DeadLetter.of(record(), "parse", new PermanentFailure("x".repeat(10_000)));

        assertThat(letter.reason()).hasSizeBetween(500, 510).endsWith("…");
    }

    @Test
    void onlyHeadersOfADeadLetterAreDroppedWhenItIsSentBack() {
        assertThat(DeadLetter.of(record(), "parse", noText).headers())
                .allSatisfy(header -> assertThat(DeadLetter.isOwn(header.key())).isTrue());
        assertThat(DeadLetter.isOwn("traceparent")).isFalse();
        assertThat(DeadLetter.isOwn("tarn")).isFalse();
    }

    private static SourceRecord record(SourceHeader... headers) {
        return new SourceRecord(at(42), new byte[] {1}, new byte[] {2}, List.of(headers));
    }

    private static SourceHeader header(String key, String value) {
        return new SourceHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> headers(DeadLetter letter) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (SourceHeader header : letter.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }
}
