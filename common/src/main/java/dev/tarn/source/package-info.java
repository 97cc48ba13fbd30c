/**
 * Where a record came from: its bytes as Kafka delivered them, and its position in the log.
 *
 * <p>Everything downstream keeps hold of the {@link dev.tarn.source.SourceRecord} it stems from, so that a dead letter
 * can leave with the original bytes at any stage, and so that the index can order two records of one document.
 */
package dev.tarn.source;
