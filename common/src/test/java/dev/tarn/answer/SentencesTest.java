package dev.tarn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void aSentenceEndsWhereItsFullStopDoes() {
        assertThat(Sentences.of("A tarn is cold. Is it deep? It is, mostly!"))
                .containsExactly("A tarn is cold.", "Is it deep?", "It is, mostly!");
        assertThat(Sentences.of("It takes the hash modulo n. Modulo spreads keys. It depends on B. A table does not."))
                .containsExactly(
                        "It takes the hash modulo n.", "Modulo spreads keys.", "It depends on B.", "A table does not.");
    }

    @Test
    void anAbbreviationOrAnInitialOfANameEndsNone() {
        assertThat(Sentences.of("Stores, e.g. Redis, are fast. Edgar F. Codd and Jeffrey D. Ullman wrote it."))
                .containsExactly("Stores, e.g. Redis, are fast.", "Edgar F. Codd and Jeffrey D. Ullman wrote it.");
    }

    @Test
    void anOperatorEndsNone() {
        assertThat(Sentences.of("Take it while a != b or !done. Is it a?b:c? \"So!\" it is."))
                .containsExactly("Take it while a != b or !done.", "Is it a?b:c?", "\"So!\"", "it is.");
    }

    @Test
    void blanksAreNoSentences() {
        assertThat(Sentences.of("  ")).isEmpty();
        assertThat(Sentences.of("")).isEmpty();
    }
}
