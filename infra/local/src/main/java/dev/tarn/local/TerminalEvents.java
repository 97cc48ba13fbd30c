package dev.tarn.local;

import dev.tarn.local.benchmark.Events;
import java.io.PrintWriter;

/**
 * Tells a person: lines, and progress bars on a terminal.
 *
 * @param err where lines go
 * @param unit of the progress bars, with a blank before it; or empty
 */
record TerminalEvents(PrintWriter err, String unit) implements Events {

    @Override
    public void line(String text) {
        err.println(text);
        err.flush();
    }

    @Override
    public Bar begin(String task, long steps) {
        Progress progress = Progress.of(task, steps, unit);
        return new Bar() {
            @Override
            public void accept(int done) {
                progress.at(done);
            }

            @Override
            public void close() {
                progress.close();
            }
        };
    }
}
