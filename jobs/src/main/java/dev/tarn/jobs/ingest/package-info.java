/** The job that keeps the index equal to the documents topic: parse, chunk, embed, index. */
package dev.tarn.jobs.ingest;
