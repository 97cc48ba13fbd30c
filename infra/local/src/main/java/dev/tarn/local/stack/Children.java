package dev.tarn.local.stack;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The processes of one stack, each remembered in a file, so that the next stack on the same folder finds what is left. */
final class Children implements AutoCloseable {

    /** Else each thread of a JVM gets an arena of glibc's, which keep some 100 MiB that are free. Redis brings its own allocator. */
    private static final Map<String, String> ONE_ARENA = Map.of("MALLOC_ARENA_MAX", "1");

    private final DataFolder folder;
    private final Consumer<String> events;
    private final Map<String, String> environment;
    private final Map<Part, ChildProcess> running = new EnumMap<>(Part.class);
    private boolean closed;

    Children(DataFolder folder, Consumer<String> events) {
        this(folder, events, ONE_ARENA);
    }

    /** @param environment variables of each process, besides those of this one */
    Children(DataFolder folder, Consumer<String> events, Map<String, String> environment) {
        this.folder = folder;
        this.events = events;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Starts one part.
     *
     * @throws StackException if the command can't be run, or the stack is being stopped
     */
    synchronized ChildProcess start(Part part, List<String> command) {
        if (closed) {
            throw new StackException("the stack is being stopped");
        }
        ChildProcess child = ChildProcess.start(part.label(), command, environment, folder.logs());
        running.put(part, child);
        folder.pidFile(part).write(child.handle());
        child.onUnexpectedEnd(events);
        return child;
    }

    /** The process of a part; empty where it does not run. */
    synchronized Optional<ProcessHandle> running(Part part) {
        return Optional.ofNullable(running.get(part)).map(ChildProcess::handle).filter(ProcessHandle::isAlive);
    }

    /** Ends one part at once, as a crash would; a part that does not run stays as it is. */
    synchronized void kill(Part part) {
        ChildProcess child = running.remove(part);
        if (child != null) {
            child.kill();
            folder.pidFile(part).delete();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        running.forEach((part, child) -> {
            child.stop();
            folder.pidFile(part).delete();
        });
        running.clear();
    }
}
