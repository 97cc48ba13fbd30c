package dev.tarn.local.benchmark;

import java.util.function.IntConsumer;

/** Who is told how it goes on. */
public interface Events {
    /** Something began or became ready, in a line; from any thread. */
    void line(String text);

    /** Something long begins; shown while it lasts, where anybody looks. */
    Bar begin(String task, long steps);

    /** How far something is. */
    interface Bar extends AutoCloseable, IntConsumer {
        @Override
        void close();
    }
}
