package dev.tarn.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RedactedTest {

    @Test
    void aStackTraceShowsEveryClassAndPlaceButNoMessage() {
        Exception root = new IOException("secret root");
        Exception original = new IllegalStateException("secret", root);

        StringWriter trace = new StringWriter();
        new PermanentFailure("broken", Redacted.of(original)).printStackTrace(new PrintWriter(trace));

        assertThat(trace.toString())
                .contains("IllegalStateException", "IOException", "RedactedTest.java")
                .doesNotContain("secret");
    }

    @Test
    void theNameOfTheOriginalIsKept() {
        assertThat(Redacted.of(new IOException("secret")).original()).isEqualTo("IOException");
    }
}
