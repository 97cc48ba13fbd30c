package dev.tarn.document;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.Json;
import dev.tarn.source.SourceRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentParserTest {
    private static final int MAX_RECORD = 100_000;
    private static final int MAX_TEXT = 100;

    private final DocumentParser parser = new DocumentParser(MAX_RECORD, MAX_TEXT);

    @Test
    void aDocumentWithAllFieldsIsReadAsItIs() {
        Document document = parse("""
                {"id": "replication", "title": "Data replication", "text": "Copies.", "contentType": "text/markdown",
                 "uri": "https://example.org", "collection": "notes", "version": 7,
                 "metadata": {"course": "ds4300", "week": 3, "open": true, "tags": ["a", "b"]}}""");

        assertThat(document)
                .isEqualTo(new Document(
                        "replication",
                        "Data replication",
                        "Copies.",
                        "text/markdown",
                        "https://example.org",
                        "notes",
                        7L,
                        Map.of(
                                "course", MetadataValue.of("ds4300"),
                                "week", MetadataValue.of(new BigDecimal(3)),
                                "open", MetadataValue.of(true),
                                "tags", MetadataValue.of(List.of("a", "b")))));
    }

    @Test
    void onlyTheTextAndTheKeyAreRequired() {
        assertThat(parse("{\"text\": \"Copies.\"}"))
                .isEqualTo(new Document("replication", null, "Copies.", null, null, "default", null, Map.of()));
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(parse("{\"text\": \"Copies.\", \"author\": {\"name\": [1]}}").text())
                .isEqualTo("Copies.");
    }

    @Test
    void textsAndTitlesAreCleaned() {
        Document document = parse("{\"text\": \"a\\u0000b\\ud800\", \"title\": \"\\udc00\\u0007\"}");

        assertThat(document.text()).isEqualTo("a b?");
        assertThat(document.title()).isEqualTo("? ");
    }

    @Test
    void halfPairsThatNoStoreKeepsAreReplacedInWhatIsShown() {
        Document document =
                parse("{\"text\": \"a\", \"uri\": \"https://x/\\ud800\", \"contentType\": \"text/\\udc00\"}");

        assertThat(document.uri()).isEqualTo("https://x/?");
        assertThat(document.contentType()).isEqualTo("text/?");
    }

    @Test
    void aTextMayBeAsLongAsIsAllowed() {
        assertThat(parse(text("x".repeat(MAX_TEXT))).text()).hasSize(MAX_TEXT);
        assertRefused(
                text("x".repeat(MAX_TEXT + 1)),
                "the text has 101 characters, more than the 100 that" + " --max-text-length allows");
    }

    @Test
    void aRecordMayBeAsLargeAsIsAllowed() {
        String json = "{\"text\": \"Copies.\"}";

        assertThat(parse(json + " ".repeat(MAX_RECORD - json.length())).text()).isEqualTo("Copies.");
        assertRefused(
                json + " ".repeat(MAX_RECORD - json.length() + 1),
                "the record's value has 100001 bytes, more than the 100000 that --max-record-bytes allows");
    }

    @Test
    void nothingOfADocumentIsUnlimited() {
        assertRefused(with("title", "x".repeat(4_001)), "the title has 4001 characters, more than the 4000");
        assertRefused(with("uri", "x".repeat(8_001)), "the uri has 8001 characters, more than the 8000");
        assertRefused(with("contentType", "x".repeat(256)), "the contentType has 256 characters, more than the 255");
        assertRefused(
                with("metadata", Map.of("tags", List.of("x".repeat(64_000)))),
                "the metadata has 64013 characters, more than the 64000");
        Map<String, Boolean> fields = new HashMap<>();
        for (int i = 0; i <= DocumentParser.MAX_METADATA_FIELDS; i++) {
            fields.put("field" + i, true);
        }
        assertRefused(with("metadata", fields), "the metadata has 257 fields, more than the 256");
    }

    private static String with(String field, Object value) {
        return Json.writeCompact(Map.of("text", "Copies.", field, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\": null}",
                "{\"text\": \"\"}",
                "{\"text\": \" \\n\"}",
                "{\"text\": \"\\u0000\\u001f\"}",
                "{\"text\": \"\\u3000\"}"
            })
    void aDocumentWithoutTextIsRefused(String json) {
        assertRefused(json, "the document has no text");
    }

    @Test
    void anotherIdThanTheKeyIsRefused() {
        assertRefused("{\"id\": \"other\", \"text\": \"Copies.\"}", "the id in the value is not the record's key");
    }

    @Test
    void aMetadataValueOfNullIsRefused() {
        assertRefused(
                "{\"text\": \"Copies.\", \"metadata\": {\"course\": null}}",
                "a metadata value is null; leave the field out instead");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"week\": {}}",
                "{\"week\": [1]}",
                "{\"week\": [[\"a\"]]}",
                "{\"week\": [null]}",
                "[]",
                "\"a\"",
                "1"
            })
    void metadataOfAnotherKindIsRefusedWithItsPlace(String metadata) {
        assertRefused("{\"text\": \"Copies.\", \"metadata\": " + metadata + "}", "not valid JSON for a Document: ");
        assertRefused("{\"text\": \"Copies.\", \"metadata\": " + metadata + "}", "in field [\"metadata\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Notes", "-a", "_a", "a b", "ä", "a/b", "a}", "a\\n"})
    void aCollectionThatNoKeyCanHoldIsRefused(String collection) {
        assertRefused(
                "{\"text\": \"Copies.\", \"collection\": \"" + collection + "\"}",
                "a collection's name is 1 to 64 lower-case letters");
        assertRefused(
                "{\"text\": \"Copies.\", \"collection\": \"" + "a".repeat(65) + "\"}",
                "a collection's name is 1 to 64 lower-case letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "a-b_c", "9lives"})
    void aCollectionHasLettersDigitsAndDashes(String collection) {
        assertThat(parse("{\"text\": \"Copies.\", \"collection\": \"" + collection + "\"}")
                        .collection())
                .isEqualTo(collection);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\": 5}",
                "{\"text\": true}",
                "{\"text\": [\"Copies.\"]}",
                "{\"text\": \"Copies.\", \"title\": 5}",
                "{\"text\": \"Copies.\", \"version\": \"7\"}",
                "{\"text\": \"Copies.\", \"version\": 7.5}",
                "{\"text\": \"Copies.\", \"version\": true}",
                "{\"text\": \"Copies.\", \"version\": 9223372036854775808}",
                "{\"text\": \"Copies.\", \"version\": NaN}",
                "{\"text\": \"Copies.\", \"metadata\": {\"n\": Infinity}}",
                "{\"text\": \"Copies.\"} {}",
                "{\"text\": \"Copies.\"",
                "{'text': 'Copies.'}",
                "[]",
                "\"Copies.\"",
                "7",
            })
    void whatIsNotADocumentIsRefusedWithoutRepeatingIt(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("not valid JSON for a Document: ")
                .message()
                .doesNotContain("Copies");
    }

    @Test
    void nullAsJsonSaysHowToDelete() {
        assertRefused("null", "the value is JSON null; to delete, send a record without a value");
    }

    @Test
    void aVersionMayBeAnyLong() {
        assertThat(parse("{\"text\": \"Copies.\", \"version\": -9223372036854775808}")
                        .version())
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aRecordWithoutAUsableKeyIsRefused() {
        String json = "{\"text\": \"Copies.\"}";

        assertThatThrownBy(() -> parser.parse(record(1, null, json)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("the record has no key, which is its id");
        assertThatThrownBy(() -> parser.parse(record(1, "", json)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("the record has no key, which is its id");
        assertThatThrownBy(() -> parser.parse(record(1, "ä".repeat(257), json)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("the record's key has more than 512 bytes");
        SourceRecord notText =
                new SourceRecord(at(1), new byte[] {(byte) 0xff}, json.getBytes(StandardCharsets.UTF_8), List.of());
        assertThatThrownBy(() -> parser.parse(notText))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("the record's key is not UTF-8");
    }

    @Test
    void anyOtherKeyIsAnId() {
        for (String key : List.of("ä".repeat(256), "a}:manifest", "\u0000", " ", "😀")) {
            assertThat(parser.parse(record(1, key, "{\"text\": \"Copies.\"}")).id())
                    .isEqualTo(key);
        }
    }

    private Document parse(String json) {
        return parser.parse(record(1, "replication", json));
    }

    private void assertRefused(String json, String reason) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(reason);
    }

    private static String text(String text) {
        return "{\"text\": \"" + text + "\"}";
    }
}
