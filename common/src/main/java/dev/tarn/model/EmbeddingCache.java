package dev.tarn.model;

import java.util.Collections;
import java.util.List;

/** Keeps vectors of texts that one model has embedded. It may lose any of them at any time. */
public interface EmbeddingCache {

    /** Keeps nothing. */
    EmbeddingCache NONE = new EmbeddingCache() {
        @Override
        public List<EncodedVector> find(List<String> texts) {
            return Collections.nCopies(texts.size(), null);
        }

        @Override
        public void keep(List<String> texts, List<EncodedVector> vectors) {}
    };

    /**
     * Looks texts up.
     *
     * @return for each text, in order, its vector, or null where there is none
     * @throws dev.tarn.failure.TransientFailure when the cache can't answer now
     */
    List<EncodedVector> find(List<String> texts);

    /**
     * Keeps the vectors of texts.
     *
     * @param vectors one for each text, in order
     * @throws dev.tarn.failure.TransientFailure when the cache can't answer now
     */
    void keep(List<String> texts, List<EncodedVector> vectors);
}
