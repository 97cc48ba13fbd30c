/**
 * Answers that are held to their sources.
 *
 * <pre>
 * question, passages ─► enough {@link dev.tarn.answer.Evidence}? ─► {@link dev.tarn.answer.PromptBudget} ─► model ─► citations ─► {@link dev.tarn.answer.Support}
 *                               │ no                                            │ ▲          │ wrong
 *                               ▼                                               ▼ └── once ──┘
 *                           no answer                                       no answer
 * </pre>
 *
 * <p>{@link dev.tarn.answer.GroundedAnswers} is the way through. Nothing in here knows how passages are found, and nothing
 * that a model or a document says decides anything but the answer's own text.
 */
package dev.tarn.answer;
