package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CuesTest {

    @Test
    void aCueCountsOnWhicheverLineItStands() {
        assertThat(Cues.asksToExplain("I read about LSM trees.\nWhy do they need compaction?"))
                .isTrue();
        assertThat(Cues.asksToExplain("Why do they need compaction?\r\nI mean LSM trees."))
                .isTrue();
        assertThat(Cues.asksForExamples("I know pairs.\nGive an example of a store.\nThanks."))
                .isTrue();
        assertThat(Cues.leansBack("It is merged\nin the background.")).isTrue();
        assertThat(Cues.givesExamples("There are stores,\nsuch as Redis.")).isTrue();
    }

    @Test
    void howManyAsksForANumberAndNoExplanation() {
        assertThat(Cues.asksToExplain("I read about Zorblax.\nHow\nmany moons does it have?"))
                .isFalse();
        assertThat(Cues.asksToExplain("Show me somehow what it is.")).isFalse();
    }

    @Test
    void aSentenceLeansBackByItsFirstWordOnly() {
        assertThat(Cues.leansBack("A tree is balanced when it is not too tall."))
                .isFalse();
        assertThat(Cues.leansBack("Items are sorted.")).isFalse();
    }
}
