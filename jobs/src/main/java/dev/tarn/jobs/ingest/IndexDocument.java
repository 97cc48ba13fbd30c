package dev.tarn.jobs.ingest;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Receipt;
import dev.tarn.jobs.flow.Worker;
import java.util.Optional;

/** Commits a document. One whose manifest has moved meanwhile is planned and, where needed, embedded again. */
record IndexDocument(EmbedDocument embedding) implements Worker<EmbeddedDocument, Receipt> {

    @Override
    public Receipt apply(EmbeddedDocument document) {
        EmbeddedDocument planned = document;
        while (true) {
            Optional<Receipt> receipt = commit(planned);
            if (receipt.isPresent()) {
                return receipt.get();
            }
            planned = embedding.apply(document.document());
        }
    }

    private Optional<Receipt> commit(EmbeddedDocument document) {
        try {
            return embedding.index().commit(document);
        } catch (PermanentFailure e) {
            embedding.index().discard(document.document());
            throw e;
        }
    }

    @Override
    public void forget(EmbeddedDocument document) {
        embedding.forget(document.document());
    }

    @Override
    public void close() {
        embedding.close();
    }
}
