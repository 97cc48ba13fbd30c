package dev.tarn.jobs.ingest;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.DocumentParser;
import dev.tarn.index.IndexProgress;
import dev.tarn.jobs.flow.StageSettings;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.RedisProgress;
import dev.tarn.redis.RedisSettings;
import java.io.Serializable;

/**
 * What the ingest job's operators need.
 *
 * @param parser how records are read
 * @param chunking how texts are cut
 * @param embeddingModel what embeds
 * @param embedConcurrency the most calls under way at once
 * @param embedBatchSize the most texts in one call
 * @param embeddingCache the most vectors that are kept of texts embedded before
 * @param redis where the index is
 * @param engine what holds the vectors
 * @param embed documents that are embedded at once
 * @param index documents that are written at once
 */
public record IngestSettings(
        DocumentParser parser,
        ChunkingSettings chunking,
        OllamaSettings embeddingModel,
        int embedConcurrency,
        int embedBatchSize,
        int embeddingCache,
        RedisSettings redis,
        EngineSettings engine,
        StageSettings embed,
        StageSettings index)
        implements Serializable {

    /** How far the index has come. */
    IndexProgress.Opener progress() {
        RedisSettings at = redis;
        return () -> RedisProgress.open(at);
    }
}
