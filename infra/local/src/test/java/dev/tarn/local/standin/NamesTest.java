package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void aNameHasACapitalLetterOrADigitWithinOrBeginsWithOneInsideASentence() {
        assertThat(Names.in("How does Raft compare with IVF-PQ, k1 and a Dynamo-style store? What does ACID say?"))
                .containsExactly("Raft", "IVF", "PQ", "k1", "Dynamo", "ACID");
    }

    @Test
    void theBeginningOfASentenceAShortNumberAndASingleLetterAreNone() {
        assertThat(Names.in("Should I use 5 nodes? Which ones. (Why not?)")).isEmpty();
    }

    @Test
    void capitalLettersEverywhereSayNothing() {
        assertThat(Names.in("What Is The Purpose Of Data Replication")).isEmpty();
    }

    @Test
    void aNameIsFoundAsItIsWrittenOrInTheSingular() {
        assertThat(Names.isIn("An SSTable on Windows.", "SSTables")).isTrue();
        assertThat(Names.isIn("Of time windows.", "Windows")).isFalse();
    }
}
