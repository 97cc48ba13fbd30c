package dev.tarn.redis;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.index.IndexSpec;
import dev.tarn.model.EmbeddingModelInfo;

/**
 * How the index is to be made.
 *
 * @param model what makes its vectors
 * @param chunking how texts are cut, or null for who only reads
 * @param hnsw how vectors are held and searched
 */
public record IndexSettings(EmbeddingModelInfo model, ChunkingSettings chunking, HnswSettings hnsw) {

    IndexSpec spec(String engine) {
        return new IndexSpec(
                IndexSpec.LAYOUT,
                engine,
                model.name(),
                model.digest(),
                model.dimension(),
                IndexSpec.COSINE,
                chunking == null ? null : IndexSpec.chunker(chunking),
                chunking == null ? null : hnsw.describe());
    }
}
