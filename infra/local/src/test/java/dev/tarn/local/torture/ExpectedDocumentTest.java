package dev.tarn.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpectedDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void numbersDifferByTheirValueNotByHowTheyAreWritten() throws Exception {
        assertThat(with("10").difference(with("1E+1"))).isEmpty();
        assertThat(with("10").difference(with("11"))).isEqualTo("has other metadata");
        assertThat(with("\"ten\"").difference(with("10"))).isEqualTo("has other metadata");
    }

    private static ExpectedDocument with(String mood) throws Exception {
        String document =
                "{\"title\": \"Lake\", \"uri\": \"a\", \"metadata\": {\"shore\": \"north\", \"mood\": " + mood + "}}";
        return ExpectedDocument.of(JSON.readTree(document), Set.of());
    }
}
