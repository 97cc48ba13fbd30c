package dev.tarn.index;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.model.EncodedVector;
import dev.tarn.source.SourceRecord;
import dev.tarn.source.Sourced;
import java.util.List;

/**
 * A document that can be committed.
 *
 * @param document the document
 * @param plan what the vectors were made for
 * @param vectors a vector for each chunk that is missing by the plan, in order
 * @param known how many of them were kept from an earlier embedding
 */
public record EmbeddedDocument(ChunkedDocument document, Plan plan, List<EncodedVector> vectors, int known)
        implements Sourced {

    /** Encodes the vectors of a document, of which every one was made for it. */
    public EmbeddedDocument(ChunkedDocument document, Plan plan, List<float[]> vectors) {
        this(document, plan, vectors.stream().map(EncodedVector::of).toList(), 0);
    }

    @Override
    public SourceRecord source() {
        return document.source();
    }

    /** The document and the number of vectors; never the content. */
    @Override
    public String toString() {
        return "EmbeddedDocument[" + document + ", " + plan.state() + ", " + vectors.size() + " vectors]";
    }
}
