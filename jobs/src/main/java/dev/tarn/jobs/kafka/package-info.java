/** Kafka: topics, sources and sinks. The only package that imports the connector. */
package dev.tarn.jobs.kafka;
