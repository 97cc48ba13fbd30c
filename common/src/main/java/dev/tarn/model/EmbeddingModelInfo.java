package dev.tarn.model;

/**
 * Which model made a vector.
 *
 * @param name the model's name, tag included
 * @param digest identifies the weights
 * @param dimension of its vectors
 */
public record EmbeddingModelInfo(String name, String digest, int dimension) {}
