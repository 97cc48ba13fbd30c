/**
 * The Ollama room: the model ports over langchain4j-ollama.
 *
 * <p>One HTTP call for each call of a port, and no retry in here: langchain4j's own would sleep on the caller's thread
 * and hide the failure from whoever counts attempts. Every failure leaves classified.
 *
 * @see <a href="https://docs.ollama.com/api">Ollama's API</a>
 */
package dev.tarn.ollama;
