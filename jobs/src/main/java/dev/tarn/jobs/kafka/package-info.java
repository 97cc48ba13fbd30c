/** Kafka: topics and the rights on them, sources and sinks. The only package that imports the connector. */
package dev.tarn.jobs.kafka;
