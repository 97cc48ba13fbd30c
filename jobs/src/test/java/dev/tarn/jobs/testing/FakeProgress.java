package dev.tarn.jobs.testing;

import dev.tarn.failure.TransientFailure;
import dev.tarn.index.IndexProgress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A progress in memory, with outages and loss on command. */
public final class FakeProgress implements IndexProgress {
    private final Map<String, Long> reached = new HashMap<>();
    private boolean away;
    private boolean forgot;

    public synchronized FakeProgress away(boolean away) {
        this.away = away;
        return this;
    }

    public synchronized void forget() {
        forgot = true;
    }

    public synchronized Map<String, Long> reached() {
        return Map.copyOf(reached);
    }

    @Override
    public synchronized Map<String, Long> begin(Collection<String> logs) {
        requireThere();
        Map<String, Long> asked = new HashMap<>(reached);
        asked.keySet().retainAll(logs);
        return asked;
    }

    @Override
    public synchronized boolean forgot(Collection<String> logs) {
        requireThere();
        return forgot;
    }

    @Override
    public synchronized void advance(Map<String, Long> complete) {
        requireThere();
        complete.forEach((log, offset) -> reached.merge(log, offset, Math::max));
    }

    private void requireThere() {
        if (away) {
            throw new TransientFailure("away", null);
        }
    }

    @Override
    public void close() {}
}
