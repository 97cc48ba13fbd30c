package dev.tarn.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.question.Passage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnalysisTest {
    private final Analysis analysis = new Analysis();

    @AfterEach
    void close() {
        analysis.close();
    }

    @Test
    void wordsAreCutToTheirStemsAndCounted() {
        Terms terms = analysis.of("The tarn and its streams: a stream feeds tarns.");

        assertThat(terms.distinct()).containsExactly("tarn", "it", "stream", "feed");
        assertThat(terms.counts()).containsExactly(2, 1, 2, 1);
        assertThat(terms.length()).isEqualTo(6);
    }

    @Test
    void aTermIsInMemoryOnceForAllTextsThatHaveIt() {
        String one = analysis.of("Tarns.").distinct().get(0);
        String other = analysis.of("A tarn").distinct().get(0);

        assertThat(one).isEqualTo("tarn").isSameAs(other);
    }

    @Test
    void aPassageIsAnalysedOnceForEachTitleOfItsDocument() {
        Terms terms = analysis.of(titled("Lakes"));

        assertThat(analysis.of(titled("Lakes"))).isSameAs(terms);
        assertThat(analysis.of(titled("Rivers")).distinct()).containsExactly("river", "stream", "feed", "tarn");
    }

    private static Passage titled(String title) {
        return new Passage(1, "document", null, "chunk", title, null, 1, "Streams feed tarns.");
    }

    @Test
    void moreTermsThanAreSharedAreCountedJustSo() {
        String many = IntStream.range(0, 50_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

        assertThat(analysis.of(many).distinct()).hasSize(50_000).contains("w0");
        Terms few = analysis.of("w0 w49999 w0");
        assertThat(few.distinct()).containsExactly("w0", "w49999");
        assertThat(few.counts()).containsExactly(2, 1);
    }
}
