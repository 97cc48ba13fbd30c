package dev.tarn.jobs.ingest;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Receipt;
import dev.tarn.jobs.testing.FakeEmbedder;
import dev.tarn.jobs.testing.FakeIndex;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexDocumentTest {
    private final FakeIndex index = new FakeIndex();
    private final FakeEmbedder embedder = new FakeEmbedder();
    private final EmbedDocument embed = IngestFixtures.embedding(index, embedder);
    private final IndexDocument write = new IndexDocument(embed);

    @Test
    void aDocumentWhosePlanHoldsIsCommittedAsItIs() {
        EmbeddedDocument embedded = embed.apply(chunked(at(1), document("a"), "one", "two"));

        Receipt receipt = write.apply(embedded);

        assertThat(receipt.action()).isEqualTo(Receipt.Action.INDEXED);
        assertThat(index.commits()).containsExactly(embedded);
        assertThat(index.plans()).isEqualTo(1);
    }

    @Test
    void aStalePlanIsMadeAgainAndWhatItMissesIsEmbedded() {
        index.hold("one");
        EmbeddedDocument planned = planned(chunked(at(1), document("a"), "one", "two"));
        index.findStale(2, () -> index.hold("two"));

        Receipt receipt = write.apply(planned);

        assertThat(index.commits()).hasSize(3);
        EmbeddedDocument committed = index.commits().get(2);
        assertThat(committed.plan().revision()).isEqualTo(3);
        assertThat(committed.plan().reused()).containsOnlyKeys("one", "two");
        assertThat(embedder.calls()).containsExactly(List.of("two"));
        assertThat(receipt.reused()).isEqualTo(2);
    }

    @Test
    void theVectorsOfAnAttemptThatFailedAreKeptUntilTheDocumentIsForgotten() {
        TransientFailure away = new TransientFailure("the server is away", null);
        ChunkedDocument document = chunked(at(1), document("a"), "one", "two");
        try (EmbedDocument single = IngestFixtures.embedding(index, IngestFixtures.calls(embedder, 1))) {
            EmbeddedDocument planned = planned(document);
            IndexDocument write = new IndexDocument(single);
            index.findStale(1, () -> embedder.fail(texts -> texts.contains("two"), away));
            assertThatThrownBy(() -> write.apply(planned)).isSameAs(away);
            embedder.recover();

            index.findStale(1, () -> {});
            write.apply(planned);
            assertThat(embedder.calls()).containsExactly(List.of("two"));

            write.forget(planned);
            single.apply(document);
            assertThat(embedder.calls()).containsExactly(List.of("two"), List.of("one"), List.of("two"));
        }
    }

    @Test
    void aDocumentThatIsRefusedWhenItIsPlannedAgainLeavesNothingBehind() {
        EmbeddedDocument planned = planned(chunked(at(1), document("a"), "one"));
        index.findStale(1, () -> embedder.fail(texts -> true, new PermanentFailure("not a number")));

        assertThatThrownBy(() -> write.apply(planned)).isInstanceOf(PermanentFailure.class);

        assertThat(index.discarded()).containsExactly("a");
    }

    @Test
    void aDocumentThatTheIndexRefusesLeavesNothingBehind() {
        EmbeddedDocument planned = planned(chunked(at(1), document("a"), "one"));
        index.findStale(1, () -> {
            throw new PermanentFailure("refused");
        });

        assertThatThrownBy(() -> write.apply(planned)).isInstanceOf(PermanentFailure.class);

        assertThat(index.discarded()).containsExactly("a");
    }

    /** As the stage before hands it on, which has forgotten it. */
    private EmbeddedDocument planned(ChunkedDocument document) {
        EmbeddedDocument planned = embed.apply(document);
        embed.forget(document);
        return planned;
    }
}
