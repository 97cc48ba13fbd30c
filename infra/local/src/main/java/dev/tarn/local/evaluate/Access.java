package dev.tarn.local.evaluate;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.RedisSettings;

/**
 * Where that runs which is evaluated.
 *
 * @param kafka the topics
 * @param redis where the index is
 * @param engine how it is searched
 * @param embedding the model of the index
 */
public record Access(KafkaOptions kafka, RedisSettings redis, EngineSettings engine, OllamaSettings embedding) {}
