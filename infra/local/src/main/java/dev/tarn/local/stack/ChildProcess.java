package dev.tarn.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server that runs as a child of this JVM. What it prints goes to {@code <name>.out} in the logs folder; a server with
 * a logging framework writes {@code <name>.log} beside it.
 */
final class ChildProcess {

    static final Duration GRACE = Duration.ofSeconds(15);
    private static final int SHOWN_LINES = 15;
    private static final int SHOWN_BYTES = 8_192;

    private final String name;
    private final Process process;
    private final Path logs;
    private final FileTime started = FileTime.from(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private volatile boolean running;

    private ChildProcess(String name, Process process, Path logs) {
        this.name = name;
        this.process = process;
        this.logs = logs;
    }

    /**
     * Runs the command in the logs folder.
     *
     * @throws StackException if it can't be run
     */
    static ChildProcess start(String name, List<String> command, Path logs) {
        return start(name, command, Map.of(), logs);
    }

    /**
     * Runs the command in the logs folder.
     *
     * @param environment variables of the process, besides those of this one
     * @throws StackException if it can't be run
     */
    static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path logs) {
        try {
            Files.createDirectories(logs);
            ProcessBuilder builder = new ProcessBuilder(inOwnSession(command))
                    .directory(logs.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(logs.resolve(name + ".out").toFile());
            builder.environment().putAll(environment);
            return new ChildProcess(name, builder.start(), logs);
        } catch (IOException e) {
            throw new StackException("could not run " + name + ": " + e.getMessage(), e);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * Returns when the server is ready.
     *
     * @throws StackException with its last log lines, if it ends first or the limit passes
     */
    void awaitReady(Duration limit, BooleanSupplier ready) {
        boolean settled = Polling.until(limit, () -> !process.isAlive() || ready.getAsBoolean());
        if (!process.isAlive()) {
            throw new StackException(
                    name + " ended with exit code " + process.exitValue() + " while it started" + lastLines());
        }
        if (!settled) {
            throw new StackException(name + " was not ready after " + limit.toSeconds() + " s" + lastLines());
        }
        running = true;
    }

    /**
     * Returns when a command that does its work and ends has ended well.
     *
     * @throws StackException with its last log lines, if it fails or the limit passes
     */
    void awaitSuccess(Duration limit) {
        if (!ended(process.toHandle(), limit)) {
            stop();
            throw new StackException(name + " was not done after " + limit.toSeconds() + " s" + lastLines());
        }
        if (process.exitValue() != 0) {
            throw new StackException(name + " failed with exit code " + process.exitValue() + lastLines());
        }
    }

    /** Calls back with its last log lines if it ends after it was ready, without being stopped. */
    void onUnexpectedEnd(Consumer<String> listener) {
        var unused = process.onExit().thenAccept(ended -> {
            if (running) {
                listener.accept(name + " ended unexpectedly with exit code " + ended.exitValue() + lastLines());
            }
        });
    }

    void stop() {
        running = false;
        stop(process.toHandle(), GRACE);
    }

    /** Ends the process and its descendants at once, as a crash would, and returns when they are gone. */
    void kill() {
        running = false;
        List<ProcessHandle> family =
                Stream.concat(Stream.of(handle()), handle().descendants()).toList();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(each -> ended(each, GRACE));
    }

    /** Asks the process and its descendants to end, and makes them end when the grace has passed. */
    static void stop(ProcessHandle process, Duration grace) {
        List<ProcessHandle> family =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        family.forEach(ProcessHandle::destroy);
        if (!ended(process, grace)) {
            family.forEach(ProcessHandle::destroyForcibly);
            ended(process, GRACE);
        }
    }

    private static boolean ended(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String lastLines() {
        StringBuilder shown = new StringBuilder();
        for (String suffix : List.of(".log", ".out")) {
            Path file = logs.resolve(name + suffix);
            List<String> lines = writtenByThisProcess(file) ? tail(file) : List.of();
            if (!lines.isEmpty()) {
                shown.append("\nThe last lines of ").append(file).append(":\n  ");
                shown.append(String.join("\n  ", lines));
            }
        }
        return shown.toString();
    }

    /** A log is continued, so its end can be from the process before. */
    private boolean writtenByThisProcess(Path file) {
        try {
            return Files.getLastModifiedTime(file).compareTo(started) >= 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static List<String> tail(Path file) {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(access.length(), SHOWN_BYTES)];
            access.seek(access.length() - end.length);
            access.readFully(end);
            List<String> lines = new String(end, UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** A session of its own keeps the terminal's Ctrl-C from the server: the stack decides what stops when. */
    private static List<String> inOwnSession(List<String> command) {
        boolean available = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));
        if (!available) {
            return command;
        }
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        return detached;
    }
}
