/**
 * The ports to the models: an {@link dev.tarn.model.Embedder} and a {@link dev.tarn.model.Generator}.
 *
 * <p>Calls block, are safe for many threads, and make one attempt; who calls decides about threads and retries. Every
 * implementation passes the contract tests beside them.
 */
package dev.tarn.model;
