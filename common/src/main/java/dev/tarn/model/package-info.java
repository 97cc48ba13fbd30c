/**
 * The ports to the models: an {@link dev.tarn.model.Embedder} and a {@link dev.tarn.model.Generator}.
 *
 * <p>{@link dev.tarn.model.BatchedCalls} embeds texts of many documents in common calls; {@link
 * dev.tarn.model.EmbeddingCache} is the port to what was embedded before. What is to be stored is an {@link
 * dev.tarn.model.EncodedVector} from then on.
 *
 * <p>Calls of the ports block, are safe for many threads, and make one attempt; who calls decides about threads and retries. Every
 * implementation passes the contract tests beside them.
 */
package dev.tarn.model;
