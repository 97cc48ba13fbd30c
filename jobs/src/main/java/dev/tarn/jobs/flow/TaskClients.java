package dev.tarn.jobs.flow;

import dev.tarn.failure.TransientFailure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.flink.streaming.runtime.tasks.StreamTask;
import org.apache.flink.util.IOUtils;

/**
 * The clients that the stages of one task share: one of a kind, opened by the stage that is the first to need it. The first
 * stage that closes closes them all, for Flink closes the operators of a task together, when none has anything left to do.
 */
public final class TaskClients implements AutoCloseable {
    private static final Map<StreamTask<?, ?>, TaskClients> TASKS = Collections.synchronizedMap(new WeakHashMap<>());

    /** Held while a client is opened, which can take as long as its timeout; closing does not wait for it. */
    private final ReentrantLock opening = new ReentrantLock();

    private final Map<Class<?>, AutoCloseable> opened = new LinkedHashMap<>();
    private boolean closed;

    static TaskClients of(StreamTask<?, ?> task) {
        return TASKS.computeIfAbsent(task, first -> new TaskClients());
    }

    /**
     * The task's client of this kind. It stays open for as long as the task runs.
     *
     * @param opener opens it, where it is not open; what it throws is thrown
     * @throws TransientFailure when the task ends
     */
    public <C extends AutoCloseable> C get(Class<C> kind, Supplier<C> opener) {
        try {
            opening.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("the task ends", e);
        }
        try {
            C client = kind.cast(find(kind));
            return client != null ? client : keep(kind, opener.get());
        } finally {
            opening.unlock();
        }
    }

    private synchronized AutoCloseable find(Class<?> kind) {
        return opened.get(kind);
    }

    private synchronized <C extends AutoCloseable> C keep(Class<C> kind, C client) {
        if (closed) {
            IOUtils.closeQuietly(client);
            throw new TransientFailure("the task ends", null);
        }
        opened.put(kind, client);
        return client;
    }

    /** Closes all of them, and whatever is still being opened once it is open. */
    @Override
    public synchronized void close() {
        closed = true;
        IOUtils.closeAllQuietly(opened.values());
        opened.clear();
    }
}
