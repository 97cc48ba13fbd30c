/**
 * What operators share: a stage is a {@link dev.tarn.jobs.flow.Worker} on the task thread, or off it with retries.
 *
 * <p>A worker is plain blocking code that throws classified failures. What becomes of a failure is decided here, once, in
 * {@link dev.tarn.jobs.flow.AsyncStage}: a transient one waits and tries again, off the task thread and for as long as it
 * takes, while backpressure holds the stream; a permanent one leaves as a dead letter; a misconfiguration fails the job.
 * The retry lies inside the future, for Flink's own can lose an element when retry and timeout meet
 * (<a href="https://issues.apache.org/jira/browse/FLINK-40456">FLINK-40456</a>).
 */
package dev.tarn.jobs.flow;
