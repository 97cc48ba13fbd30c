package dev.tarn.jobs.ingest;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.jobs.testing.FakeEmbedder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkEmbeddingTest {
    private final PermanentFailure refused =
            new PermanentFailure("the model refuses the input", new IllegalStateException());
    private final TransientFailure away = new TransientFailure("the server is away", null);

    private final FakeEmbedder embedder = new FakeEmbedder();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 50, 63})
    void aBadChunkIsFoundInFewCallsAndNamedByItsIndexNotByItsText(int bad) {
        ChunkedDocument document = chunks(64);
        embedder.fail(texts -> texts.contains(text(bad)), refused);

        assertThatThrownBy(() -> embed(document, 64))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("chunk " + bad + " (the first is 0): the model refuses the input")
                .hasCause(refused.getCause());
        int halvings = 6;
        assertThat(embedder.calls()).hasSizeLessThanOrEqualTo(1 + 2 * halvings).endsWith(List.of(text(bad)));
    }

    @Test
    void aBatchThatIsOnlyTooLargeGetsThroughInHalves() {
        ChunkedDocument document = chunks(50);
        embedder.fail(texts -> texts.size() > 7, refused);

        assertThat(embed(document, 16)).extracting(vector -> vector[0]).containsExactlyElementsOf(lengths(50));
    }

    @Test
    void theTransientFailureOfABatchIsNotTakenForARefusal() {
        embedder.fail(texts -> true, away);

        assertThatThrownBy(() -> embed(chunks(8), 8)).isSameAs(away);
        assertThat(embedder.calls()).hasSize(1);
    }

    @Test
    void whatWasEmbeddedBeforeATransientFailureIsNotEmbeddedAgain() {
        ChunkedDocument document = chunks(10);
        ChunkEmbedding embedding = new ChunkEmbedding(embedder, 4);
        embedder.fail(texts -> texts.contains(text(6)), away);
        assertThatThrownBy(() -> embedding.embed(document, document.chunks())).isSameAs(away);

        embedder.recover();
        List<float[]> vectors = embedding.embed(document, document.chunks());

        assertThat(embedder.calls().stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(4, 10)
                        .mapToObj(ChunkEmbeddingTest::text)
                        .toList());
        assertThat(vectors).extracting(vector -> vector[0]).containsExactlyElementsOf(lengths(10));
    }

    @Test
    void nothingIsKeptOfADocumentThatHasEnded() {
        ChunkedDocument document = chunks(10);
        ChunkEmbedding embedding = new ChunkEmbedding(embedder, 5);
        embedding.embed(document, document.chunks());
        embedding.embed(document, document.chunks());
        assertThat(embedder.calls()).hasSize(4);

        embedder.recover();
        embedder.fail(texts -> texts.contains(text(9)), refused);
        assertThatThrownBy(() -> embedding.embed(document, document.chunks())).isInstanceOf(PermanentFailure.class);
        int calls = embedder.calls().size();
        assertThatThrownBy(() -> embedding.embed(document, document.chunks())).isInstanceOf(PermanentFailure.class);
        assertThat(embedder.calls()).hasSize(2 * calls);
    }

    private List<float[]> embed(ChunkedDocument document, int batchSize) {
        return new ChunkEmbedding(embedder, batchSize).embed(document, document.chunks());
    }

    private static ChunkedDocument chunks(int count) {
        return chunked(
                at(1),
                document("a"),
                IntStream.range(0, count).mapToObj(ChunkEmbeddingTest::text).toArray(String[]::new));
    }

    /** A text of a length of its own. */
    private static String text(int index) {
        return "x".repeat(index + 1);
    }

    private static List<Float> lengths(int count) {
        List<Float> lengths = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            lengths.add((float) i);
        }
        return lengths;
    }
}
