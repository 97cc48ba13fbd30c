/**
 * The job that keeps the index equal to the documents topic: parse, chunk, embed, index.
 *
 * <p>Each document that is under way waits on a thread of its own, so that its path reads as plain code. What these threads ask
 * of the model and of Redis at the same time goes together: {@link dev.tarn.model.BatchedCalls} fills embedding calls with the
 * texts of many documents, and the client of the index sends what many documents need in common round trips.
 */
package dev.tarn.jobs.ingest;
