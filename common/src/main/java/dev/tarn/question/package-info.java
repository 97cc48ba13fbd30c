/**
 * Questions on their way to an answer: asked, grounded in passages, answered.
 *
 * <p>What flows here knows nothing of Flink, Redis or Ollama.
 */
package dev.tarn.question;
