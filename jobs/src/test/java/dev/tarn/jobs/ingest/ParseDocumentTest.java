package dev.tarn.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.DocumentParser;
import dev.tarn.document.ParsedDocument;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import org.junit.jupiter.api.Test;

class ParseDocumentTest {
    private final ParseDocument parse = new ParseDocument(new DocumentParser(1_000, 100));

    @Test
    void aRecordBecomesADocumentThatKeepsItsRecord() {
        SourceRecord record = Records.record(1, "tarns", "{\"text\": \"A tarn is a lake.\"}");

        ParsedDocument parsed = parse.apply(record);

        assertThat(parsed.source()).isSameAs(record);
        assertThat(parsed.id()).isEqualTo("tarns");
        assertThat(parsed.document().text()).isEqualTo("A tarn is a lake.");
    }

    @Test
    void aTombstoneIsADelete() {
        ParsedDocument parsed = parse.apply(Records.record(1, "tarns", null));

        assertThat(parsed.id()).isEqualTo("tarns");
        assertThat(parsed.document()).isNull();
    }

    @Test
    void aRecordThatBreaksTheContractFailsForGood() {
        for (SourceRecord bad : new SourceRecord[] {
            Records.record(1, "tarns", "no JSON"),
            Records.record(1, "tarns", "{}"),
            Records.record(1, null, "{\"text\": \"A tarn is a lake.\"}"),
            Records.record(1, null, null),
            Records.record(1, "tarns", "{\"text\": \"" + "x".repeat(101) + "\"}"),
            Records.record(1, "tarns", "{\"text\": \"A tarn is a lake.\"}" + " ".repeat(1_000))
        }) {
            assertThatThrownBy(() -> parse.apply(bad)).isInstanceOf(PermanentFailure.class);
        }
    }
}
