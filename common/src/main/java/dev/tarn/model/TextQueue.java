package dev.tarn.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Texts that wait for a call, some for each request. A batch takes a few of each request in turn, so that a small one is
 * soon done beside a large one, and the large one has its share of each batch. A text may wait in several requests; it is
 * taken with the first whose turn it is. Not safe for many threads.
 */
final class TextQueue {
    private static final int IN_TURN = 4;

    private final Deque<Deque<Entry>> requests = new ArrayDeque<>();
    private int size;

    /** A text and where its vector goes. */
    static final class Entry {
        private final String text;
        private final CompletableFuture<EncodedVector> vector = new CompletableFuture<>();
        private final long since;
        private boolean added;
        private boolean taken;

        /** @param since when it came, by the clock of {@link System#nanoTime} */
        Entry(String text, long since) {
            this.text = text;
            this.since = since;
        }

        String text() {
            return text;
        }

        CompletableFuture<EncodedVector> vector() {
            return vector;
        }
    }

    /** Adds a request; what was taken already is left out. */
    void add(List<Entry> request) {
        Deque<Entry> waiting = new ArrayDeque<>();
        for (Entry entry : request) {
            if (!entry.taken) {
                waiting.add(entry);
                size += entry.added ? 0 : 1;
                entry.added = true;
            }
        }
        if (!waiting.isEmpty()) {
            requests.add(waiting);
        }
    }

    /** How many texts wait. */
    int size() {
        return size;
    }

    /** Since when the text waits whose turn is next, of those that do. */
    long oldest() {
        while (requests.getFirst().getFirst().taken) {
            requests.getFirst().poll();
            if (requests.getFirst().isEmpty()) {
                requests.poll();
            }
        }
        return requests.getFirst().getFirst().since;
    }

    /** Takes at most so many. */
    List<Entry> take(int most) {
        List<Entry> batch = new ArrayList<>(Math.min(most, size));
        while (batch.size() < most && !requests.isEmpty()) {
            Deque<Entry> request = requests.poll();
            int room = Math.min(most, batch.size() + IN_TURN);
            while (batch.size() < room && !request.isEmpty()) {
                Entry entry = request.poll();
                if (!entry.taken) {
                    entry.taken = true;
                    batch.add(entry);
                }
            }
            if (!request.isEmpty()) {
                requests.add(request);
            }
        }
        size -= batch.size();
        return batch;
    }
}
