package dev.tarn.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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

        assertThat(terms.counts()).isEqualTo(Map.of("tarn", 2, "stream", 2, "feed", 1, "it", 1));
        assertThat(terms.length()).isEqualTo(6);
    }

    @Test
    void aTermIsInMemoryOnceForAllTextsThatHaveIt() {
        String one = analysis.of("Tarns.").counts().keySet().iterator().next();
        String other = analysis.of("A tarn").counts().keySet().iterator().next();

        assertThat(one).isEqualTo("tarn").isSameAs(other);
    }

    @Test
    void moreTermsThanAreSharedAreCountedJustSo() {
        String many = IntStream.range(0, 50_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

        assertThat(analysis.of(many).counts()).hasSize(50_000).containsEntry("w0", 1);
        assertThat(analysis.of("w0 w49999 w0").counts()).isEqualTo(Map.of("w0", 2, "w49999", 1));
    }
}
