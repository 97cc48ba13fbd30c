package dev.tarn.local.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tarn.retrieval.Mode;
import dev.tarn.retrieval.RetrievalSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchersTest {
    private static EvaluatedDocument document(String id, String title, String text) {
        return new EvaluatedDocument(id, title, text, List.of());
    }

    private static List<String> documents(List<Hit> hits) {
        return hits.stream().map(Hit::document).toList();
    }

    @Test
    void bm25FindsWordsInAllTheirFormsInTitlesAndTexts() throws IOException {
        List<EvaluatedDocument> documents = List.of(
                document("tarns", "Tarns", "Small lakes in the mountains."),
                document("rain", null, "It rains on mountains."),
                document("sea", null, "Salt water."));
        try (Bm25 bm25 = new Bm25(documents)) {
            assertThat(documents(bm25.search("a tarn on a mountain", 10))).containsExactly("tarns", "rain");
            assertThat(bm25.search("a tarn on a mountain", 1)).hasSize(1);
            assertThat(bm25.search("of the", 10)).isEmpty();
        }
    }

    @Test
    void exactSearchFindsTheNearestByAngleWhateverTheLength() {
        List<Hit> items = List.of(new Hit("a", "1", 0, ""), new Hit("b", "2", 0, ""), new Hit("c", "3", 0, ""));
        ExactSearch search =
                new ExactSearch(items, List.of(new float[] {5, 5}, new float[] {0, 0.1f}, new float[] {-1, 0}));

        List<Hit> found = search.search(new float[] {0, 2}, 2);

        assertThat(documents(found)).containsExactly("b", "a");
        assertThat(found.get(0).score()).isCloseTo(1, within(1e-6));
        assertThat(found.get(1).score()).isCloseTo(Math.sqrt(0.5), within(1e-6));
    }

    @Test
    void aFactIsFoundAcrossLinesAndMarksOfEmphasis() {
        TestQuestion question = new TestQuestion("q", "?", null, List.of("the setting `acks=all`", "two replicas"));

        assertThat(Facts.share(question, "It is *the\n setting* acks=all.")).isEqualTo(0.5);
        assertThat(Facts.share(question, "")).isZero();
    }

    @Test
    void aConfigurationOfTheIndexIsNamedWithItsSettings() {
        Configuration configuration = Configuration.parse("hybrid+near-copies=1+diversity=0.3+neighbours=1");

        assertThat(configuration.retrieval())
                .isEqualTo(new RetrievalSettings(
                        Mode.HYBRID, Configuration.HYBRID.retrieval().candidates(), 1, 0.3, 1));
        assertThat(configuration).hasToString("hybrid+near-copies=1+diversity=0.3+neighbours=1");
        assertThat(Configuration.parse("exact")).isEqualTo(Configuration.EXACT);
        assertThatThrownBy(() -> Configuration.parse("bm26")).hasMessageContaining("'bm26' is none of");
        assertThatThrownBy(() -> Configuration.parse("bm25+candidates=1")).hasMessageContaining("no settings");
        assertThatThrownBy(() -> Configuration.parse("dense+candidates=many")).hasMessageContaining("candidates=N");
        assertThatThrownBy(() -> Configuration.parse("dense+near-copies=0")).hasMessageContaining("near-copies=SHARE");
        assertThatThrownBy(() -> Configuration.parse("dense+rerank=1")).hasMessageContaining("'rerank=1' is none");
    }
}
