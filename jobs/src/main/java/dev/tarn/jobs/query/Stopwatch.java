package dev.tarn.jobs.query;

/** Measures one step. */
record Stopwatch(long startNanos) {

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    long elapsedMs() {
        return rounded(System.nanoTime() - startNanos);
    }

    /** To the nearest millisecond: several that were cut off would be short of their sum by as many halves. */
    static long rounded(long nanos) {
        return Math.round(nanos / 1e6);
    }
}
