package dev.tarn.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CleanTextTest {

    @Test
    void textThatIsCleanStaysTheSame() {
        String text = "Tabs\tand\r\nlines, 複製 and 😀";

        assertThat(CleanText.of(text)).isSameAs(text);
    }

    @Test
    void halfAPairIsReplacedAndAWholeOneStays() {
        assertThat(CleanText.of("a\ud83db\ude00c😀")).isEqualTo("a?b?c😀");
    }

    @Test
    void aControlCharacterIsASpace() {
        assertThat(CleanText.of("\u0000a\u0007b\u001f")).isEqualTo(" a b ");
    }
}
