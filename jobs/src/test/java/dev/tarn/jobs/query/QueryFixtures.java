package dev.tarn.jobs.query;

import dev.tarn.answer.AnswerSettings;
import dev.tarn.jobs.testing.Servers;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.question.QuestionParser;
import dev.tarn.redis.EngineSettings;
import dev.tarn.retrieval.RetrievalSettings;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.FakeOllama;
import dev.tarn.testing.Records;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Questions as Kafka delivers them, and settings that answer them from a test's servers. */
final class QueryFixtures {
    static final List<SourceHeader> TRACE =
            List.of(new SourceHeader("traceparent", "00-1-2-01".getBytes(StandardCharsets.UTF_8)));

    private QueryFixtures() {}

    static SourceRecord question(long offset, String id, String question) {
        return traced(Records.record(offset, id, "{\"question\": \"" + question + "\"}"));
    }

    static SourceRecord traced(SourceRecord record) {
        return new SourceRecord(record.position(), record.key(), record.value(), TRACE);
    }

    static QuerySettings settings(Servers servers) {
        return settings(servers, servers.embeddingModel(), servers.model(FakeOllama.CHAT_MODEL));
    }

    static QuerySettings settings(Servers servers, OllamaSettings embeddingModel, OllamaSettings chatModel) {
        return new QuerySettings(
                new QuestionParser(4_000),
                embeddingModel,
                chatModel,
                new AnswerSettings(4096, 0, 0.6),
                servers.redisSettings(),
                EngineSettings.DEFAULT,
                RetrievalSettings.DEFAULT,
                2,
                0.3,
                servers.stage(4),
                servers.stage(4),
                servers.stage(4));
    }
}
