package dev.tarn.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "größe – 温泉 – 😀", "two\nlines\tand a tab\r\n", "e\u0301"})
    void whatIsSeenStays(String text) {
        assertThat(VisibleText.of(text)).isEqualTo(text);
    }

    @Test
    void whatIsNotSeenGoes() {
        String bidirectional = "a\u202eb\u202c\u2066c\u2069\u200ed";
        String zeroWidth = "e\u200bf\u200cg\u200dh\u2060i\ufeffj\u00adk";
        String terminal = "l\u001b[31mm\u009b0mn\u007fo\u0007";
        String tags = "p\udb40\udc41\udb40\udc42q\udb40\udd00r\ufe0fs\ue000";
        String reserved = "[2\udb40\udc80]\u2065\ufff0\ufff8\udb40\udc02\udb43\udfff\u2800";

        assertThat(VisibleText.of(bidirectional + zeroWidth)).isEqualTo("abcdefghijk");
        assertThat(VisibleText.of(terminal)).isEqualTo("l[31mm0mno");
        assertThat(VisibleText.of(tags)).isEqualTo("pqrs");
        assertThat(VisibleText.of(reserved)).isEqualTo("[2]");
        assertThat(VisibleText.of("t\u2028u\u2029v")).isEqualTo("t\nu\nv");
    }

    @Test
    void aLineHasNoBreaks() {
        assertThat(VisibleText.line("a\nb\r\nc\td\u2028e\u001b[2Jf")).isEqualTo("a b  c d e[2Jf");
    }
}
