package dev.tarn.local.benchmark.report;

/**
 * One number that was measured.
 *
 * @param measurement what it belongs to, as the command names it
 * @param series what was measured, e.g. {@code pipeline} or {@code idle}
 * @param size chunks in the index, where the measurement is about growth; else null
 * @param metric what is told of it, e.g. {@code p99}
 * @param unit of the value; empty for a ratio
 */
public record Row(String measurement, String series, Long size, String metric, String unit, Spread value) {}
