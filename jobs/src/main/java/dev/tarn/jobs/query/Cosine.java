package dev.tarn.jobs.query;

/** Reads a cosine similarity. */
final class Cosine extends NumberWithin {

    Cosine() {
        super(-1, 1);
    }
}
