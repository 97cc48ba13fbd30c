package dev.tarn.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The faults that are set; the one set first is served first. */
final class Faults {
    private final List<Planned> planned = new ArrayList<>();
    private long clears;

    /** A fault that the next calls get; {@code calls} below 0 is all of them. */
    private static final class Planned {
        private final FakeOllama.Endpoint endpoint;
        private final Fault fault;
        private int calls;

        Planned(FakeOllama.Endpoint endpoint, Fault fault, int calls) {
            this.endpoint = endpoint;
            this.fault = fault;
            this.calls = calls;
        }
    }

    synchronized void add(FakeOllama.Endpoint endpoint, Fault fault, int calls) {
        planned.add(new Planned(endpoint, fault, calls));
    }

    /** The fault that a call gets, or null. */
    synchronized Fault take(FakeOllama.Endpoint endpoint) {
        for (Iterator<Planned> each = planned.iterator(); each.hasNext(); ) {
            Planned plan = each.next();
            if (plan.endpoint == endpoint) {
                plan.calls--;
                if (plan.calls == 0) {
                    each.remove();
                }
                return plan.fault;
            }
        }
        return null;
    }

    synchronized void clear() {
        planned.clear();
        clears++;
        notifyAll();
    }

    /** The time before a call takes its fault, so that no {@link #clear()} after that is missed. */
    synchronized Mark mark() {
        return new Mark(clears);
    }

    final class Mark {
        private final long clearsBefore;

        private Mark(long clearsBefore) {
            this.clearsBefore = clearsBefore;
        }

        /** Waits until {@link #clear()}, but no longer than this; a server that stops ends the wait, too. */
        void awaitClear(Duration atMost) throws IOException {
            long deadline = System.nanoTime() + atMost.toNanos();
            synchronized (Faults.this) {
                try {
                    while (clears == clearsBefore && System.nanoTime() < deadline) {
                        TimeUnit.NANOSECONDS.timedWait(Faults.this, deadline - System.nanoTime());
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("the server stops");
                }
            }
        }
    }
}
