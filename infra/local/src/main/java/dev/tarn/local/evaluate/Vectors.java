package dev.tarn.local.evaluate;

import dev.tarn.document.Chunk;
import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingCache;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Vectors of texts, from the index's own cache where they are there; nothing is kept in it.
 *
 * @param embedder the index's model
 * @param cache what that model has embedded
 */
record Vectors(Embedder embedder, EmbeddingCache cache) {
    private static final int BATCH = 16;

    /**
     * A vector for each text, in order.
     *
     * @param progress is told how many are done
     */
    List<float[]> of(List<String> texts, IntConsumer progress) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(from + BATCH, texts.size()));
            vectors.addAll(batch(batch));
            progress.accept(vectors.size());
        }
        return vectors;
    }

    private List<float[]> batch(List<String> texts) {
        List<float[]> vectors = new ArrayList<>();
        cache.find(texts.stream().map(Chunk::hashOf).toList())
                .forEach(known -> vectors.add(known == null ? null : known.floats()));
        List<Integer> missing = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (vectors.get(i) == null) {
                missing.add(i);
                unknown.add(texts.get(i));
            }
        }
        if (!unknown.isEmpty()) {
            List<float[]> embedded = embedder.embed(unknown);
            for (int i = 0; i < missing.size(); i++) {
                vectors.set(missing.get(i), embedded.get(i));
            }
        }
        return vectors;
    }
}
