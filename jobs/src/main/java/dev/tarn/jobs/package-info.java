/** The two Flink jobs. They share nothing but Redis and Kafka; what their code shares lies in the packages beside them. */
package dev.tarn.jobs;
