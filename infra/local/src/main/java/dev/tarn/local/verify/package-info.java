/**
 * Comparing the index with the documents topic.
 *
 * <p>The topic is read up to where it ended when the comparison began, and each of its records is held against the
 * manifest of its document: a later manifest is fine, the same is compared chunk by chunk, and an earlier one, or none, is
 * suspicious. Then each document of the index must have been met in the topic, and each payload and vector must be listed
 * by its document. The index's progress says which records have had their effect; what is above it may be under way,
 * and what is suspicious is looked at twice.
 *
 * <p>Memory is bounded: documents that were met are kept as fingerprints, and where there are too many of them the topic
 * is read several times, each time for a part. Findings are handed on as they come.
 */
package dev.tarn.local.verify;
