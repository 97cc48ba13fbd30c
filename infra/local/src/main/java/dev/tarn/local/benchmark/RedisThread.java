package dev.tarn.local.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What becomes of the time of Redis' one thread: it runs, it waits for a core, or it sleeps, for want of work or for the disk.
 * Linux tells it of a server that is on this machine.
 *
 * @see <a href="https://docs.kernel.org/scheduler/sched-stats.html">Scheduler statistics</a>
 */
final class RedisThread {
    private final Path statistics;

    private RedisThread(Path statistics) {
        this.statistics = statistics;
    }

    /** That of this server; empty where the process that has its number here is none of Redis. */
    static Optional<RedisThread> of(PlainRedis redis) {
        String number = redis.info("server", "process_id");
        Path process = Path.of("/proc", number);
        try {
            if (!Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .contains("redis")) {
                return Optional.empty();
            }
            RedisThread thread =
                    new RedisThread(process.resolve("task").resolve(number).resolve("schedstat"));
            thread.now();
            return Optional.of(thread);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /**
     * In nanoseconds.
     *
     * @param at when, by the clock {@link System#nanoTime}
     * @param ran since the thread began
     * @param waited for a core, since then
     */
    record Times(long at, long ran, long waited) {
        /** How much of the time until then it ran. */
        double running(Times until) {
            return (double) (until.ran - ran) / (until.at - at);
        }

        /** How much of the time until then it waited for a core. */
        double waiting(Times until) {
            return (double) (until.waited - waited) / (until.at - at);
        }
    }

    Times now() {
        try {
            String[] fields = Files.readString(statistics).split(" ", -1);
            return new Times(System.nanoTime(), Long.parseLong(fields[0]), Long.parseLong(fields[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
