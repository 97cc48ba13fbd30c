package dev.tarn.jobs.query;

/** Reads how much of a text is in its copy. */
final class CopyShare extends NumberWithin {

    CopyShare() {
        super(0.5, 1);
    }
}
