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
 * @param embedBatchSize the most texts in one call
 * @param redis where the index is
 * @param engine what holds the vectors
 * @param embed how much is embedded at once
 * @param index how much is written at once
 */
public record IngestSettings(
        DocumentParser parser,
        ChunkingSettings chunking,
        OllamaSettings embeddingModel,
        int embedBatchSize,
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
