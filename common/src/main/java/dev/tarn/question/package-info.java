/**
 * Questions on their way to an answer: asked, grounded in passages, answered.
 *
 * <p>A question's filter is a tree ({@link dev.tarn.question.Clause}), and flows as a {@link dev.tarn.question.Filter}.
 *
 * <p>What flows here knows nothing of Flink, Redis or Ollama.
 */
package dev.tarn.question;
