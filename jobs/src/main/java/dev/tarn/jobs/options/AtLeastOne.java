package dev.tarn.jobs.options;

/** Reads a whole number from 1 up. */
public final class AtLeastOne extends WholeNumber {

    public AtLeastOne() {
        super(1);
    }
}
