package dev.tarn.jobs.ingest;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.DocumentParser;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.jobs.flow.StageSettings;
import dev.tarn.jobs.options.AtLeastOne;
import dev.tarn.jobs.options.JobOptions;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.jobs.options.NoneOrMore;
import dev.tarn.jobs.options.OllamaOptions;
import dev.tarn.jobs.options.RedisOptions;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the ingest job. */
@Command(
        name = "IngestJob",
        description = "Keeps the index in Redis equal to a topic of documents.",
        sortOptions = false)
final class IngestOptions {
    /** Each waits on a thread of its own. */
    private static final int MOST_DOCUMENTS = 256;

    @Mixin
    final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    final RedisOptions redis;

    @Mixin
    final OllamaOptions ollama;

    @Mixin
    final JobOptions job = new JobOptions();

    @Option(
            names = "--ingest-group",
            paramLabel = "NAME",
            defaultValue = "tarn-ingest",
            description = "The consumer group.")
    String group;

    @Option(
            names = "--chunk-size",
            paramLabel = "TOKENS",
            defaultValue = "240",
            description = "The most a chunk holds together with its title, in estimated tokens."
                    + " all-minilm reads 256 and ignores the rest.",
            converter = AtLeastOne.class)
    int chunkSize;

    @Option(
            names = "--chunk-overlap",
            paramLabel = "TOKENS",
            defaultValue = "40",
            description = "How much of a chunk may be repeated in the next, in estimated tokens.")
    int chunkOverlap;

    @Option(
            names = "--max-chunks",
            paramLabel = "N",
            defaultValue = "10000",
            description = "The most chunks of a document; one with more is a dead letter.",
            converter = AtLeastOne.class)
    int maxChunks;

    @Option(
            names = "--max-text-length",
            paramLabel = "CHARS",
            defaultValue = "4000000",
            description = "The longest text of a document; one with more is a dead letter.",
            converter = AtLeastOne.class)
    int maxTextLength;

    @Option(
            names = "--max-record-bytes",
            paramLabel = "BYTES",
            defaultValue = "8388608",
            description = "The largest value of a record; a document with more is a dead letter.",
            converter = AtLeastOne.class)
    int maxRecordBytes;

    @Option(
            names = "--embed-batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description =
                    "The most texts in one embedding call, of one document or of many. While calls take long, they"
                            + " are smaller.",
            converter = AtLeastOne.class)
    int embedBatchSize;

    @Option(
            names = "--embed-concurrency",
            paramLabel = "N",
            defaultValue = "4",
            description = "Embedding calls under way at once, in each subtask.",
            converter = AtLeastOne.class)
    int embedConcurrency;

    @Option(
            names = "--embedding-cache",
            paramLabel = "N",
            defaultValue = "10000",
            description = "The most vectors that Redis keeps of texts embedded before, so that the same text in another"
                    + " document is not embedded again; 0 for none.",
            converter = NoneOrMore.class)
    int embeddingCache;

    @Option(
            names = "--index-concurrency",
            paramLabel = "N",
            defaultValue = "16",
            description = "Documents that are written into the index at once, in each subtask.",
            converter = AtLeastOne.class)
    int indexConcurrency;

    /** Takes secrets from these variables. */
    IngestOptions(Map<String, String> environment) {
        redis = new RedisOptions(environment);
        ollama = new OllamaOptions(environment);
    }

    IngestSettings settings() {
        return new IngestSettings(
                new DocumentParser(maxRecordBytes, maxTextLength),
                chunking(),
                ollama.embedding(),
                embedConcurrency,
                embedBatchSize,
                embeddingCache,
                redis.settings(1),
                redis.engine(),
                StageSettings.of((int) Math.min(MOST_DOCUMENTS, (long) embedConcurrency * embedBatchSize)),
                StageSettings.of(indexConcurrency));
    }

    private ChunkingSettings chunking() {
        try {
            return new ChunkingSettings(chunkSize, chunkOverlap, maxChunks);
        } catch (IllegalArgumentException e) {
            throw new Misconfiguration(e.getMessage(), e);
        }
    }
}
