package dev.tarn.jobs.flow;

import dev.tarn.failure.TransientFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.util.IOUtils;

/**
 * The clients that the stages of one task share: one of a kind, opened by the stage that is the first to need it, with
 * settings that are the same for all stages of its job.
 *
 * <p>The first stage that closes closes them all. Flink closes the operators of a task one after the other, when none has
 * anything left to do, or when the task is canceled: then calls of the other stages end with their clients, and whoever made
 * them sees by {@link #isClosed} that this is no outage.
 */
public final class TaskClients implements AutoCloseable {
    /** Held while a client is opened, which can take as long as its timeout; closing does not wait for it. */
    private final ReentrantLock opening = new ReentrantLock();

    private final Map<Class<?>, AutoCloseable> opened = new LinkedHashMap<>();
    private volatile boolean closed;

    /** The clients of a task. Whoever leases them gives them back with {@link #release}. */
    static TaskClients lease(Environment task, Object stage) throws Exception {
        return task.getSharedResources()
                .getOrAllocateSharedResource(name(task), stage, size -> new TaskClients(), 0)
                .resourceHandle();
    }

    static void release(Environment task, Object stage) throws Exception {
        task.getSharedResources().release(name(task), stage, size -> {});
    }

    private static String name(Environment task) {
        return "tarn-clients-" + task.getExecutionId();
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
        if (closed) {
            throw new TransientFailure("the task ends", null);
        }
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

    /** Whether the task ends. */
    boolean isClosed() {
        return closed;
    }

    /** Closes all of them, and whatever is still being opened once it is open. */
    @Override
    public synchronized void close() {
        closed = true;
        IOUtils.closeAllQuietly(opened.values());
        opened.clear();
    }
}
