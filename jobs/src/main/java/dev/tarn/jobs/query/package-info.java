/** The job that answers the questions topic from the index: parse, embed, retrieve, answer. */
package dev.tarn.jobs.query;
