package dev.tarn.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A task that stops before each of its commands to Redis, until the schedule lets it go on, cuts its connection, or ends
 * it. One actor at a time runs.
 */
final class Actor {
    private static final ThreadLocal<Actor> CURRENT = new ThreadLocal<>();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "actor");
        thread.setDaemon(true);
        return thread;
    });

    /** What becomes of the command that an actor stands before. */
    enum Order {
        RUN,
        /** The connection breaks, and the command never reached the server. */
        CUT_BEFORE,
        /** The connection breaks when the server has run the command. */
        CUT_AFTER,
        /** The actor never goes on. */
        END
    }

    private final String name;
    private final Semaphore mayGo = new Semaphore(0);
    private final Semaphore stands = new Semaphore(0);
    private Order order;
    private String next;
    private String answer = "";
    private Throwable failure;
    private boolean done;

    private Actor(String name) {
        this.name = name;
    }

    /** Starts a task and returns when it stands before its first command. */
    static Actor start(String name, Runnable task) {
        Actor actor = new Actor(name);
        THREADS.execute(() -> actor.perform(task));
        actor.awaitStanding();
        return actor;
    }

    /** The actor of this thread, or null. */
    static Actor current() {
        return CURRENT.get();
    }

    private void perform(Runnable task) {
        CURRENT.set(this);
        try {
            task.run();
        } catch (Ended e) {
            next = "";
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            CURRENT.remove();
            done = true;
            stands.release();
        }
    }

    Object command(CommandArguments arguments, Supplier<Object> run) {
        if (order == Order.END) {
            throw new Ended();
        }
        next = new String(arguments.getCommand().getRaw(), StandardCharsets.UTF_8);
        stands.release();
        mayGo.acquireUninterruptibly();
        answer = "";
        switch (order) {
            case END -> throw new Ended();
            case CUT_BEFORE -> throw new JedisConnectionException("cut before the command");
            case RUN, CUT_AFTER -> {
                Object reply = run.get();
                answer = firstWord(reply);
                if (order == Order.CUT_AFTER) {
                    throw new JedisConnectionException("cut after the command");
                }
                return reply;
            }
        }
        throw new IllegalStateException("unknown order " + order);
    }

    /** Decides on the command that the actor stands before; returns when it stands before its next, or is done. */
    void step(Order decided) {
        if (done) {
            throw new IllegalStateException(name + " is done");
        }
        order = decided;
        mayGo.release();
        awaitStanding();
    }

    void end() {
        if (!done) {
            step(Order.END);
        }
    }

    boolean isDone() {
        return done;
    }

    /** What the task failed with, or null. */
    Throwable failure() {
        return failure;
    }

    /** The name of the command that the actor stands before. */
    String next() {
        return next;
    }

    /** The status that a script answered with, if that was the last command; else empty. */
    String answer() {
        return answer;
    }

    @Override
    public String toString() {
        return name;
    }

    private void awaitStanding() {
        try {
            if (!stands.tryAcquire(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " hangs");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String firstWord(Object reply) {
        return reply instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : "";
    }

    /** Unwinds the stack of an actor that never goes on. */
    private static final class Ended extends Error {
        Ended() {
            super("ended", null, false, false);
        }
    }
}
