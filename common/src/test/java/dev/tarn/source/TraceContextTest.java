package dev.tarn.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraceContextTest {
    private static final SourceHeader PARENT =
            header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final SourceHeader STATE = header("tracestate", "vendor=1");

    @Test
    void isBothHeadersAndNoOther() {
        assertThat(TraceContext.of(List.of(header("tenant", "a"), PARENT, STATE, header("Traceparent", "b"))))
                .containsExactly(PARENT, STATE);
        assertThat(TraceContext.of(List.of(header("tenant", "a")))).isEmpty();
    }

    @Test
    void isTheLastOfEachName() {
        assertThat(TraceContext.of(List.of(header("traceparent", "old"), STATE, PARENT)))
                .containsExactlyInAnyOrder(PARENT, STATE);
    }

    @Test
    void leavesOutWhatHasNoValueOrIsTooLongToBeOne() {
        SourceHeader none = new SourceHeader("traceparent", null);
        assertThat(TraceContext.of(List.of(none, header("tracestate", "x".repeat(513)))))
                .isEmpty();
        assertThat(TraceContext.of(List.of(header("tracestate", "x".repeat(512)))))
                .hasSize(1);
    }

    private static SourceHeader header(String key, String value) {
        return new SourceHeader(key, value.getBytes(US_ASCII));
    }
}
