package dev.tarn.local.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What becomes of the time of a process' threads: they run, they wait for a core, or they sleep, for want of work or for the
 * disk. Linux tells it of a process on this machine.
 *
 * @see <a href="https://docs.kernel.org/scheduler/sched-stats.html">Scheduler statistics</a>
 */
final class ThreadTimes {
    private static final double MILLISECOND = 1e6;

    private final Path threads;
    private final Predicate<String> wanted;

    private ThreadTimes(Path process, Predicate<String> wanted) {
        threads = process.resolve("task");
        this.wanted = wanted;
    }

    /** Those of all threads of a process. */
    static Optional<ThreadTimes> of(long process) {
        return told(new ThreadTimes(process(Long.toString(process)), thread -> true));
    }

    /** Those of the one thread of a Redis that serves commands; empty where the process of its number here is no Redis. */
    static Optional<ThreadTimes> of(PlainRedis redis) {
        String number = redis.info("server", "process_id");
        try {
            return Files.readString(process(number).resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .contains("redis")
                    ? told(new ThreadTimes(process(number), number::equals))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path process(String number) {
        return Path.of("/proc", number);
    }

    private static Optional<ThreadTimes> told(ThreadTimes times) {
        try {
            boolean isTold = times.now().threads().values().stream().anyMatch(thread -> thread.turns() > 0);
            return isTold ? Optional.of(times) : Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /**
     * Of one thread, since it began.
     *
     * @param ran nanoseconds
     * @param waited nanoseconds for a core
     * @param turns on a core
     */
    private record Times(long ran, long waited, long turns) {
        private static final Times NONE = new Times(0, 0, 0);

        Times plus(Times other) {
            return new Times(ran + other.ran, waited + other.waited, turns + other.turns);
        }

        Times minus(Times other) {
            return new Times(ran - other.ran, waited - other.waited, turns - other.turns);
        }
    }

    /**
     * How things stood.
     *
     * @param at by the clock {@link System#nanoTime}
     */
    record Moment(long at, Map<String, Times> threads) {

        /** How much of the time until then the threads ran; of two that always did, 2. */
        double running(Moment until) {
            return (double) since(until).ran() / (until.at - at);
        }

        /** How much of the time until then they waited for a core. */
        double waiting(Moment until) {
            return (double) since(until).waited() / (until.at - at);
        }

        /** Milliseconds that one waited until then, on average, each time that it was to run. */
        double waitingForATurn(Moment until) {
            Times times = since(until);
            return times.waited() / MILLISECOND / Math.max(1, times.turns());
        }

        /** Without threads that have ended, and with those that have begun. */
        private Times since(Moment until) {
            return until.threads.entrySet().stream()
                    .map(thread -> thread.getValue().minus(threads.getOrDefault(thread.getKey(), Times.NONE)))
                    .reduce(Times.NONE, Times::plus);
        }
    }

    /** @throws UncheckedIOException when the process has ended */
    Moment now() {
        Map<String, Times> times = new HashMap<>();
        try (Stream<Path> all = Files.list(threads)) {
            for (Path thread : (Iterable<Path>) all::iterator) {
                String number = thread.getFileName().toString();
                if (wanted.test(number)) {
                    read(thread).ifPresent(read -> times.put(number, read));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Moment(System.nanoTime(), times);
    }

    /** Empty where the thread has ended, or the system tells nothing. */
    private static Optional<Times> read(Path thread) {
        try {
            String[] fields =
                    Files.readString(thread.resolve("schedstat")).strip().split(" ", -1);
            return Optional.of(
                    new Times(Long.parseLong(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
