package dev.tarn.redis;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.index.IndexSpec;
import dev.tarn.model.EmbeddingModelInfo;

/**
 * How the index is to be made.
 *
 * @param model what makes its vectors
 * @param chunking how texts are cut, or null for who only reads
 * @param engine what holds and searches its vectors
 */
public record IndexSettings(EmbeddingModelInfo model, ChunkingSettings chunking, EngineSettings engine) {

    /** An index in one shard of whichever engine the server has. */
    public IndexSettings(EmbeddingModelInfo model, ChunkingSettings chunking, HnswSettings hnsw) {
        this(model, chunking, new EngineSettings(EngineSettings.Kind.AUTO, 1, hnsw));
    }

    /** The index that a writer makes with this engine. */
    IndexSpec written(EngineSettings.Kind kind) {
        return spec(
                kind.toString(),
                engine.shards(),
                IndexSpec.chunker(chunking),
                engine.hnsw().describe(kind));
    }

    /** What a reader asks of the index: that its vectors compare with the model's. */
    IndexSpec read() {
        EngineSettings.Kind kind = engine.kind();
        return spec(kind == EngineSettings.Kind.AUTO ? null : kind.toString(), null, null, null);
    }

    private IndexSpec spec(String kind, Integer shards, String chunker, String hnsw) {
        return new IndexSpec(
                IndexSpec.LAYOUT,
                kind,
                shards,
                model.name(),
                model.digest(),
                model.dimension(),
                IndexSpec.COSINE,
                chunker,
                hnsw);
    }
}
