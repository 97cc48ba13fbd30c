package dev.tarn.jobs.query;

/** Reads what {@link dev.tarn.answer.Evidence} can be. */
final class EvidenceScore extends NumberWithin {

    EvidenceScore() {
        super(-1, 1.3);
    }
}
