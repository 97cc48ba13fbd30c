/** What the tests of both jobs share: fakes of the ports, and ends for graphs that run without Kafka. */
package dev.tarn.jobs.testing;
