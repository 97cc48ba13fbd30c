package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
    private static Embeddings embeddings;

    @BeforeAll
    static void load() {
        embeddings = new Embeddings();
    }

    @AfterAll
    static void close() {
        embeddings.close();
    }

    @Test
    void vectorsAreThoseOfAllMiniLm() {
        String text = "Data replication keeps copies of the same data on several machines.";

        float[] expected =
                new AllMiniLmL6V2EmbeddingModel().embed(text).content().vector();

        assertThat(embed(text)).hasSize(MiniLm.DIMENSION).containsExactly(expected, within(1e-5f));
    }

    @Test
    void aTextHasTheSameVectorAloneAndInABatch() {
        List<String> texts = List.of("one", "a longer text about trees", "", "word ".repeat(300), "one");

        List<float[]> batch = embeddings.embedTexts(texts);

        for (int i = 0; i < texts.size(); i++) {
            assertThat(batch.get(i)).containsExactly(embed(texts.get(i)));
        }
    }

    @Test
    void vectorsHaveLengthOne() {
        for (String text : List.of("a tree", "", " ", "\ud83c\udf33 and \u6811", "word ".repeat(300))) {
            assertThat(MiniLm.dot(embed(text), embed(text))).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void nearTextsAreNearerThanFarTexts() {
        float[] question = embed("How does an AVL tree keep its balance?");

        double near = MiniLm.dot(question, embed("AVL trees are rebalanced by rotations."));
        double far = MiniLm.dot(question, embed("The best pizza in Naples has a thin crust."));

        assertThat(near).isGreaterThan(far + 0.4);
    }

    @Test
    void readsTheFirst256TokensAndNoMore() {
        String first = "tree ".repeat(MiniLm.CONTEXT_TOKENS - 2);

        assertThat(embed(first + "and something else")).containsExactly(embed(first));
        assertThat(embed("tree ".repeat(MiniLm.CONTEXT_TOKENS - 3))).isNotEqualTo(embed(first));
    }

    @Test
    void countsTheTokensOfAnyLength() {
        assertThat(embeddings.model().count("")).isZero();
        assertThat(embeddings.model().count("a tree")).isEqualTo(2);
        assertThat(embeddings.model().count("tree ".repeat(2_000))).isEqualTo(2_000);
    }

    @Test
    void theCatalogNamesTheDigestOfTheVeryWeights() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long size;
        try (InputStream weights = new DigestInputStream(MiniLm.resource(MiniLm.WEIGHTS), digest)) {
            size = weights.transferTo(OutputStream.nullOutputStream());
        }

        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(Catalog.WEIGHTS_SHA256);
        assertThat(size).isEqualTo(Catalog.WEIGHTS_BYTES);
    }

    private static float[] embed(String text) {
        return embeddings.embedTexts(List.of(text)).get(0);
    }
}
