/**
 * The three kinds of failure, and how long to wait before the next attempt.
 *
 * <p>A failure is classified once, where the outside system is called: {@link dev.tarn.failure.TransientFailure} is
 * waited out, {@link dev.tarn.failure.PermanentFailure} ends one record as a dead letter, and
 * {@link dev.tarn.failure.Misconfiguration} stops the job with a remedy in its message. Messages carry no document text,
 * no question and no secret; nor do the messages of their causes, which {@link dev.tarn.failure.Redacted} stands in for.
 */
package dev.tarn.failure;
