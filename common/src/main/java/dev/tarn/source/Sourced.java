package dev.tarn.source;

/** What stems from one record, and can go back to it when it fails. */
public interface Sourced {

    /** The record that this stems from. */
    SourceRecord source();
}
