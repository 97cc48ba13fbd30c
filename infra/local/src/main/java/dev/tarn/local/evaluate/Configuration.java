package dev.tarn.local.evaluate;

/** A way to retrieve. */
public enum Configuration {
    /** Lucene's BM25 over whole documents, in this JVM. */
    BM25("bm25"),
    /** Exact search of one vector for each document, made of as much of it as the model reads; in this JVM. */
    WHOLE("whole"),
    /** Exact search of the chunks' vectors, in this JVM. */
    EXACT("exact"),
    /** The index, by vectors alone. */
    DENSE("dense");

    private final String label;

    Configuration(String label) {
        this.label = label;
    }

    /** Whether it searches the index as the query job does. */
    boolean isOfTheIndex() {
        return this == DENSE;
    }

    /** The name in options, tables and files. */
    @Override
    public String toString() {
        return label;
    }
}
