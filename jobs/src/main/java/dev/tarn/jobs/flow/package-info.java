/**
 * What operators share: a stage is a {@link dev.tarn.jobs.flow.Worker} on the task thread, or off it with retries.
 *
 * <p>A worker is plain blocking code that throws classified failures. What becomes of a failure is decided here, once: a
 * transient one waits and is tried again, off the task thread and for as long as it takes, while backpressure holds the
 * stream ({@link dev.tarn.jobs.flow.Calls}); a permanent one leaves as a dead letter; a misconfiguration fails the job. What
 * the workers of a task call, they call through its {@link dev.tarn.jobs.flow.TaskClients}, which Flink keeps for as long as one of its
 * stages is open.
 *
 * <p>An asynchronous stage ({@link dev.tarn.jobs.flow.AsyncStage}) guarantees:
 *
 * <ul>
 *   <li>Each element ends as one value or one dead letter with the element's timestamp, in any order.
 *   <li>A watermark goes on when every element that came before it has ended.
 *   <li>The stage holds the stream back when as many elements, or as many bytes of records, are under way as are allowed.
 *       Only what the stages before it in its task have under way can still come.
 *   <li>Checkpoints complete, and the job can be stopped with a savepoint, while a full stage waits out an outage, also one
 *       in which its worker can't even be opened.
 *   <li>What is under way when the job fails or is stopped comes again: see {@link dev.tarn.jobs.flow.Recovery}.
 * </ul>
 *
 * <p>Flink's own asynchronous operator does not give the fourth. When it is full it waits inside the processing of the
 * next element, and in there a task does nothing for operators before the waiting one, nor a checkpoint: that would cut an
 * element in two, half of it gone from the source and half of it nowhere yet. A stage here takes its element always, and
 * where that fills it, sends the task a mail in which to wait. The task does its mails between two elements of its input,
 * where a checkpoint is consistent whatever the source is; so inside that mail everything may be done but to read on. This
 * needs a stage to be in the task of its source, for a task with an input from the network learns of a checkpoint by
 * reading on: the graphs of the jobs have no shuffle before their last stage.
 *
 * <p>Flink's retries lie in the operator, which can lose an element when retry and timeout meet
 * (<a href="https://issues.apache.org/jira/browse/FLINK-40456">FLINK-40456</a>). Here they lie in the call.
 */
package dev.tarn.jobs.flow;
