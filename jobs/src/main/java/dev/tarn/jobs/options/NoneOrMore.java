package dev.tarn.jobs.options;

/** Reads a whole number from 0 up. */
public final class NoneOrMore extends WholeNumber {

    public NoneOrMore() {
        super(0);
    }
}
