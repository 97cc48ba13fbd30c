/**
 * Every option, once: typed, with its default and its description.
 *
 * <p>An option's value comes from the command line, else from the environment ({@code --embedding-model} is
 * {@code TARN_EMBEDDING_MODEL}), else from the file given by {@code --config}, else it is the default. Secrets are not
 * options, for the web UI and the system show those. A secret is in a variable or in a file; what travels in the job's
 * graph is the name of either, and each process reads its own. An option that would hold a secret is there to refuse it.
 */
package dev.tarn.jobs.options;
