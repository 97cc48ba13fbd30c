package dev.tarn.jobs.query;

import dev.tarn.answer.AnswerSettings;
import dev.tarn.jobs.flow.StageSettings;
import dev.tarn.jobs.kafka.KafkaEnds;
import dev.tarn.jobs.options.AtLeastOne;
import dev.tarn.jobs.options.JobOptions;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.jobs.options.NoneOrMore;
import dev.tarn.jobs.options.OllamaOptions;
import dev.tarn.jobs.options.RedisOptions;
import dev.tarn.jobs.options.Timeout;
import dev.tarn.question.Question;
import dev.tarn.question.QuestionParser;
import dev.tarn.retrieval.Mode;
import dev.tarn.retrieval.RetrievalSettings;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the query job. */
@Command(name = "QueryJob", description = "Answers a topic of questions from the index in Redis.", sortOptions = false)
final class QueryOptions {
    @Mixin
    final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    final RedisOptions redis;

    @Mixin
    final OllamaOptions ollama;

    @Mixin
    final JobOptions job = new JobOptions();

    @Option(
            names = "--query-group",
            paramLabel = "NAME",
            defaultValue = "tarn-query",
            description = "The consumer group.")
    String group;

    @Option(
            names = "--chat-model",
            paramLabel = "NAME",
            defaultValue = "llama3.2",
            description = "The model that answers.")
    String chatModel;

    @Option(
            names = "--chat-timeout",
            paramLabel = "DURATION",
            defaultValue = "PT5M",
            description = "For one call of the chat model (ISO 8601).",
            converter = Timeout.class)
    Duration chatTimeout;

    @Option(
            names = "--chat-context",
            paramLabel = "TOKENS",
            defaultValue = "4096",
            description =
                    "Of the chat model's context, in tokens: room for the prompt, whose tokens are estimated, and a reply."
                            + " Passages for which there is no room are left out, the weakest first.",
            converter = AtLeastOne.class)
    int contextTokens;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "" + RetrievalSettings.TOP_K,
            description = "Passages for an answer, where the question doesn't say; up to " + Question.MAX_TOP_K + ".",
            converter = TopK.class)
    int topK;

    @Option(
            names = "--min-score",
            paramLabel = "COSINE",
            defaultValue = "0",
            description = "The least cosine similarity of a passage, where the question doesn't say.",
            converter = Cosine.class)
    double minScore;

    @Option(
            names = "--min-evidence",
            paramLabel = "SCORE",
            defaultValue = "0.35",
            description =
                    "The least for which the model is asked: the nearest passage's cosine similarity, and 0.3 of the"
                            + " share of the question's words that the passages hold.",
            converter = EvidenceScore.class)
    double minEvidence;

    @Option(
            names = "--min-support",
            paramLabel = "COSINE",
            defaultValue = "0.55",
            description = "The least cosine similarity of a statement in an answer to what it cites; below it counts as"
                    + " unsupported.",
            converter = Cosine.class)
    double minSupport;

    @Option(
            names = "--retrieval",
            paramLabel = "KIND",
            defaultValue = "hybrid",
            description = "dense: the nearest chunks are the passages. hybrid: near chunks are ranked by BM25, too.",
            converter = ModeConverter.class)
    Mode retrieval;

    @Option(
            names = "--retrieval-candidates",
            paramLabel = "N",
            defaultValue = "150",
            description = "The chunks that passages are chosen from.",
            converter = AtLeastOne.class)
    int candidates;

    @Option(
            names = "--near-copies",
            paramLabel = "SHARE",
            defaultValue = "0.8",
            description =
                    "From 0.5 to 1: passages that share so much of their runs of three words count as copies, of which the"
                            + " best stays and those with more words of the question. 1 leaves only texts that are the same out.",
            converter = CopyShare.class)
    double nearCopies;

    @Option(
            names = "--diversity",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "From 0 to 1: how much less a passage counts that is like a better one.",
            converter = Share.class)
    double diversity;

    @Option(
            names = "--neighbours",
            paramLabel = "N",
            defaultValue = "0",
            description = "Chunks before and after each passage that come with it.",
            converter = NoneOrMore.class)
    int neighbours;

    @Option(
            names = "--max-question-length",
            paramLabel = "CHARS",
            defaultValue = "4000",
            description = "The longest question; a longer one is a dead letter.",
            converter = AtLeastOne.class)
    int maxQuestionLength;

    @Option(
            names = "--query-concurrency",
            paramLabel = "N",
            defaultValue = "8",
            description = "Questions that are embedded, and searched for, at once, in each subtask.",
            converter = AtLeastOne.class)
    int queryConcurrency;

    @Option(
            names = "--answer-concurrency",
            paramLabel = "N",
            defaultValue = "4",
            description = "Answers that are generated at once, in each subtask.",
            converter = AtLeastOne.class)
    int answerConcurrency;

    @Option(
            names = "--answers-delivery",
            paramLabel = "KIND",
            defaultValue = "at-least-once",
            description = "at-least-once: an answer is out at once, and perhaps again after a failure."
                    + " exactly-once: it is out once, after a checkpoint.",
            converter = DeliveryConverter.class)
    KafkaEnds.Delivery answersDelivery;

    /** Takes secrets from these variables. */
    QueryOptions(Map<String, String> environment) {
        redis = new RedisOptions(environment);
        ollama = new OllamaOptions(environment);
    }

    QuerySettings settings() {
        return new QuerySettings(
                new QuestionParser(maxQuestionLength),
                ollama.embedding(),
                ollama.model(chatModel, chatTimeout),
                new AnswerSettings(contextTokens, minEvidence, minSupport),
                redis.settings(queryConcurrency),
                redis.engine(),
                new RetrievalSettings(retrieval, candidates, nearCopies, diversity, neighbours),
                topK,
                minScore,
                StageSettings.of(queryConcurrency),
                StageSettings.of(queryConcurrency),
                StageSettings.of(answerConcurrency));
    }
}
