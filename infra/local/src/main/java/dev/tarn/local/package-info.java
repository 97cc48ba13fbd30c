/**
 * The {@code tarn} command: one class for each subcommand.
 *
 * <p>A command speaks Kafka, Redis, Flink's REST API and Ollama's API, and nothing else, so each works against any cluster.
 * Where an address is not given, it is that of the local stack that runs, else the usual one.
 */
package dev.tarn.local;
