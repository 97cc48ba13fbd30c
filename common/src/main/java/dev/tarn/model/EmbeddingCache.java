package dev.tarn.model;

import java.util.Collections;
import java.util.List;

/**
 * Keeps vectors of texts that one model has embedded, by the hashes of the texts ({@link dev.tarn.document.Chunk#hashOf}).
 * It may lose any of them at any time.
 */
public interface EmbeddingCache {

    /** Keeps nothing. */
    EmbeddingCache NONE = new EmbeddingCache() {
        @Override
        public List<EncodedVector> find(List<String> hashes) {
            return Collections.nCopies(hashes.size(), null);
        }

        @Override
        public void keep(List<String> hashes, List<EncodedVector> vectors) {}
    };

    /**
     * Looks texts up.
     *
     * @param hashes of the texts
     * @return for each, in order, the text's vector, or null where there is none
     * @throws dev.tarn.failure.TransientFailure when the cache can't answer now
     */
    List<EncodedVector> find(List<String> hashes);

    /**
     * Keeps the vectors of texts.
     *
     * @param hashes of the texts
     * @param vectors one for each, in order
     * @throws dev.tarn.failure.TransientFailure when the cache can't answer now
     */
    void keep(List<String> hashes, List<EncodedVector> vectors);
}
