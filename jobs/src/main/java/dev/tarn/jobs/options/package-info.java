/**
 * Every option, once: typed, with its default and its description.
 *
 * <p>An option's value comes from the command line, else from the environment ({@code --embedding-model} is
 * {@code TARN_EMBEDDING_MODEL}), else from the file given by {@code --config}, else it is the default. Secrets are not
 * options: they come from the environment or from a file, never from the command line, which the web UI shows.
 */
package dev.tarn.jobs.options;
