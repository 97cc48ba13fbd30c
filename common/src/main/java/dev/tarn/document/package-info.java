/**
 * Documents on their way to the index: parsed from a Kafka record, and cut into chunks.
 *
 * <p>A document is known by its id alone: the record's key. Its collection is an attribute that can change. What flows
 * here knows nothing of Flink, Redis or Ollama.
 */
package dev.tarn.document;
