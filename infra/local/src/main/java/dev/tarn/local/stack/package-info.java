/**
 * The outside systems of the local stack: Kafka, Flink, Redis and Ollama, each found or started.
 *
 * <p>What is started is a process of its own on the loopback interface, with the real server's own main class: the
 * broker, the JobManager and the TaskManager run on class paths of their own, so none of their libraries enters this
 * JVM. {@link dev.tarn.local.stack.Stack} is the one way in; {@link dev.tarn.local.stack.FlinkJobs} speaks to any Flink
 * cluster, the stack's or the user's.
 *
 * <p>Nothing here knows what the jobs do, which topics there are, or what Redis holds.
 */
package dev.tarn.local.stack;
