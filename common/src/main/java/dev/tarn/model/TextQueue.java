package dev.tarn.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Texts that wait for a call, some for each request. A batch takes a few of each request in turn, so that a small one is
 * soon done beside a large one, and the large one has its share of each batch. Not safe for many threads.
 */
final class TextQueue {
    private static final int IN_TURN = 4;

    private final Deque<Deque<Entry>> requests = new ArrayDeque<>();
    private int size;

    /** A text, where its vector goes, and since when it waits, by the clock of {@link System#nanoTime}. */
    record Entry(String text, CompletableFuture<float[]> vector, long since) {}

    void add(List<Entry> request) {
        if (!request.isEmpty()) {
            requests.add(new ArrayDeque<>(request));
            size += request.size();
        }
    }

    int size() {
        return size;
    }

    /** Since when the request waits whose turn is next. */
    long oldest() {
        return requests.getFirst().getFirst().since();
    }

    /** Takes at most so many. */
    List<Entry> take(int most) {
        List<Entry> batch = new ArrayList<>(Math.min(most, size));
        while (batch.size() < most && !requests.isEmpty()) {
            Deque<Entry> request = requests.poll();
            for (int i = 0; i < IN_TURN && batch.size() < most && !request.isEmpty(); i++) {
                batch.add(request.poll());
            }
            if (!request.isEmpty()) {
                requests.add(request);
            }
        }
        size -= batch.size();
        return batch;
    }
}
