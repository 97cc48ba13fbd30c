package dev.tarn.local.torture;

import dev.tarn.local.stack.DataFolder;
import dev.tarn.local.stack.Part;
import dev.tarn.local.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis that can lose its memory in every way that one does, behind one address: the master at the time, and another that
 * is made its replica when it is needed.
 */
final class RedisPair implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** How long writes go on that the replica, or the dump, does not get. */
    private static final Duration LAG = Duration.ofMillis(1500);

    private static final Duration LOADING = Duration.ofSeconds(3);
    private static final int BALLAST_KEYS = 1_000;
    private static final int BALLAST_BYTES = 100;
    private static final String APPEND_ONLY = "appendonlydir";

    private final Stack stack;
    private final Forwarder forwarder;
    private Part master = Part.REDIS;
    private CompletableFuture<Void> loading = CompletableFuture.completedFuture(null);

    RedisPair(Stack stack) {
        this.stack = stack;
        forwarder = new Forwarder(address(master));
    }

    /** The address that stands for the master, whichever it is. */
    URI uri() {
        return forwarder.uri();
    }

    void kill() {
        stack.kill(master);
    }

    void restart() {
        stack.restart(master);
    }

    void flush() {
        try (Jedis redis = new Jedis(address(master))) {
            redis.flushAll();
        }
    }

    /** Kills the master, and makes a master of a replica that got nothing of what was written last. */
    void failOver() {
        Part other = master == Part.REDIS ? Part.SPARE_REDIS : Part.REDIS;
        stack.kill(other);
        DataFolder.delete(stack.data(other));
        stack.restart(other);
        command("CONFIG", "SET", "repl-diskless-sync-delay", "0");
        URI from = address(master);
        try (Jedis replica = new Jedis(address(other))) {
            replica.replicaof(from.getHost(), from.getPort());
            Wait.until(LIMIT, "the replica is up to date", () -> isInSync(replica));
            replica.replicaofNoOne();
        }
        Wait.pause(LAG);
        stack.kill(master);
        master = other;
        forwarder.pointTo(address(other));
    }

    /** Takes a dump, lets time pass, kills the server, and starts it with the dump. */
    void restoreDump() {
        Path data = stack.data(master);
        Path dump = data.resolve("dump");
        DataFolder.delete(dump);
        copy(data.resolve(APPEND_ONLY), dump);
        Wait.pause(LAG);
        stack.kill(master);
        DataFolder.delete(data.resolve(APPEND_ONLY));
        copy(dump, data.resolve(APPEND_ONLY));
        stack.restart(master);
    }

    /**
     * Restarts the server so that it takes its time to load, and answers LOADING meanwhile.
     *
     * @throws IllegalStateException if it was never seen to do so
     */
    void load() {
        long keys;
        try (Jedis redis = new Jedis(address(master))) {
            addBallast(redis);
            redis.bgrewriteaof();
            Wait.until(
                    LIMIT,
                    "the append-only file is rewritten",
                    () -> !redis.info("persistence").contains("aof_rewrite_in_progress:1"));
            keys = redis.dbSize();
        }
        stack.kill(master);
        long delayMicros = LOADING.toNanos() / 1_000 / keys;
        loading = CompletableFuture.runAsync(() -> stack.restart(
                master,
                "--key-load-delay",
                Long.toString(delayMicros),
                "--loading-process-events-interval-bytes",
                "1024"));
        Wait.until(LIMIT, "Redis answers LOADING", this::isLoading);
    }

    void awaitLoaded() {
        loading.join();
    }

    /** Keys of nobody, so that there is enough to load even when the index is empty. */
    private static void addBallast(Jedis redis) {
        try (Pipeline pipeline = redis.pipelined()) {
            for (int i = 0; i < BALLAST_KEYS; i++) {
                pipeline.set("ballast:" + i, "x".repeat(BALLAST_BYTES));
            }
        }
    }

    /** A replica of nobody refuses every write. */
    void makeReadOnly() {
        command("REPLICAOF", "127.0.0.1", "1");
    }

    void makeWritable() {
        command("REPLICAOF", "NO", "ONE");
    }

    void setMaxMemory(String bytes) {
        command("CONFIG", "SET", "maxmemory", bytes);
    }

    private void command(String name, String... arguments) {
        try (Jedis redis = new Jedis(address(master))) {
            redis.sendCommand(() -> name.getBytes(StandardCharsets.US_ASCII), arguments);
        }
    }

    private boolean isLoading() {
        try (Jedis redis = new Jedis(address(master))) {
            redis.ping();
            return false;
        } catch (JedisDataException e) {
            return e.getMessage().startsWith("LOADING");
        } catch (JedisException notYet) {
            return false;
        }
    }

    private static boolean isInSync(Jedis replica) {
        String info = replica.info("replication");
        return info.contains("master_link_status:up") && info.contains("master_sync_in_progress:0");
    }

    private URI address(Part part) {
        return URI.create(stack.address(part));
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> tree = Files.walk(from)) {
            List<Path> outermostFirst = tree.toList();
            for (Path each : outermostFirst) {
                Files.copy(each, to.resolve(from.relativize(each)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        forwarder.close();
    }
}
