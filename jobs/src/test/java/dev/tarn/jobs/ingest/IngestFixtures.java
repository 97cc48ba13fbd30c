package dev.tarn.jobs.ingest;

import dev.tarn.document.DocumentParser;
import dev.tarn.jobs.testing.Servers;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.redis.EngineSettings;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;

/** Documents as Kafka delivers them, and settings that index them in a test's servers. */
final class IngestFixtures {
    private IngestFixtures() {}

    static SourceRecord document(long offset, String id, String text) {
        return Records.record(offset, id, "{\"text\": \"" + text + "\"}");
    }

    static SourceRecord tombstone(long offset, String id) {
        return Records.record(offset, id, null);
    }

    static IngestSettings settings(Servers servers) {
        return settings(servers, servers.embeddingModel());
    }

    static IngestSettings settings(Servers servers, OllamaSettings embeddingModel) {
        return new IngestSettings(
                new DocumentParser(8 << 20, 4_000_000),
                Servers.CHUNKING,
                embeddingModel,
                8,
                servers.redisSettings(),
                EngineSettings.DEFAULT,
                servers.stage(4),
                servers.stage(4));
    }
}
