package dev.tarn.jobs.ingest;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.jobs.testing.FakeEmbedder;
import dev.tarn.jobs.testing.FakeIndex;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbedDocumentTest {
    private final FakeIndex index = new FakeIndex();
    private final FakeEmbedder embedder = new FakeEmbedder();
    private final EmbedDocument embed = IngestFixtures.embedding(index, embedder);

    @Test
    void eachMissingChunkGetsItsVectorInOrder() {
        EmbeddedDocument embedded = embed.apply(chunked(at(1), document("a"), "1", "22", "333", "4444", "55555"));

        assertThat(embedded.vectors()).extracting(vector -> vector.floats()[0]).containsExactly(1f, 2f, 3f, 4f, 5f);
    }

    @Test
    void whatTheIndexHoldsIsNotEmbeddedAgain() {
        index.hold("22");
        index.hold("4444");

        EmbeddedDocument embedded = embed.apply(chunked(at(1), document("a"), "1", "22", "333", "4444"));

        assertThat(embedder.calls().stream().flatMap(List::stream)).containsExactlyInAnyOrder("1", "333");
        assertThat(embedded.plan().reused()).containsOnlyKeys("22", "4444");
        assertThat(embedded.vectors()).hasSize(2);
    }

    @Test
    void nothingMissingAsksNoModel() {
        index.hold("1");

        EmbeddedDocument unchanged = embed.apply(chunked(at(1), document("a"), "1"));
        EmbeddedDocument deleted = embed.apply(new ChunkedDocument(unchanged.source(), "a", null, List.of()));

        assertThat(embedder.calls()).isEmpty();
        assertThat(unchanged.vectors()).isEmpty();
        assertThat(deleted.vectors()).isEmpty();
    }
}
