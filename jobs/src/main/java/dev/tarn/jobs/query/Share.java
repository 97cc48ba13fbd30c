package dev.tarn.jobs.query;

/** Reads how much of something. */
final class Share extends NumberWithin {

    Share() {
        super(0, 1);
    }
}
