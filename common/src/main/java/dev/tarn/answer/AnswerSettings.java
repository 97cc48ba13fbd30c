package dev.tarn.answer;

import java.io.Serializable;

/**
 * When an answer is given, and what it is held to.
 *
 * @param contextTokens the most of one call of the chat model, prompt and reply together
 * @param minEvidence the least {@link Evidence} for which the model is asked
 * @param minSupport the least cosine similarity of a supported statement to what it cites
 */
public record AnswerSettings(int contextTokens, double minEvidence, double minSupport) implements Serializable {}
