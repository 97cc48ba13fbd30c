/**
 * What the jobs tell of themselves, in Flink's metric groups. {@link dev.tarn.jobs.metrics.MetricName} has every name;
 * README's table and the dashboards are held to it.
 *
 * <p>The ports are measured from outside, by wrappers, so that neither {@code common} nor the workers know of metrics. A
 * stage's metrics lie in the group {@code tarn} of its operator: Flink's own labels say which job, stage and subtask.
 * Calls run on threads of their own, so every metric is safe for many threads.
 */
package dev.tarn.jobs.metrics;
