package dev.tarn.jobs.query;

import dev.tarn.answer.AnswerSettings;
import dev.tarn.jobs.flow.StageSettings;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.question.QuestionParser;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.RedisSettings;
import dev.tarn.retrieval.RetrievalSettings;
import java.io.Serializable;

/**
 * What the query job's operators need.
 *
 * @param parser how records are read
 * @param embeddingModel what embeds
 * @param chatModel what answers
 * @param answers when an answer is given, and what it is held to
 * @param redis where the index is
 * @param engine what searches the vectors
 * @param retrieval how passages are chosen
 * @param topK passages for a question that doesn't say
 * @param minScore least cosine similarity for a question that doesn't say
 * @param embed how much is embedded at once
 * @param retrieve how much is searched at once
 * @param answer how much is generated at once
 */
public record QuerySettings(
        QuestionParser parser,
        OllamaSettings embeddingModel,
        OllamaSettings chatModel,
        AnswerSettings answers,
        RedisSettings redis,
        EngineSettings engine,
        RetrievalSettings retrieval,
        int topK,
        double minScore,
        StageSettings embed,
        StageSettings retrieve,
        StageSettings answer)
        implements Serializable {}
