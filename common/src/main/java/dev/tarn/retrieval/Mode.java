package dev.tarn.retrieval;

/** What ranks chunks. */
public enum Mode {
    /** Cosine similarity alone. */
    DENSE,
    /** Cosine similarity and BM25, fused by rank. */
    HYBRID
}
