package dev.tarn.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Lets threads that send at the same time share round trips. Whoever finds a line free sends at once, what others want to
 * send along with its own; who comes while all lines are busy waits, and leaves with the next. So nobody waits for company,
 * and the more there is to send, the more goes together. Of much that one thread sends, a part goes with each round trip, in
 * its order.
 */
final class RoundTrips implements Sender {
    /** While the server works on what came on one, the others' replies are read and their next commands are sent. */
    static final int LINES = 4;

    private static final int MOST_COMMANDS = 64;

    /** Of one thread beside others: all wait until the last reply is there, and a command may write many vectors. */
    private static final int MOST_OF_ONE = 8;

    /** Of one thread alone, for whoever comes next waits for a line. */
    private static final int MOST_OF_ONE_ALONE = 16;

    private final Sender sender;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Trip> waiting = new ArrayDeque<>();
    private int free = LINES;

    RoundTrips(Sender sender) {
        this.sender = sender;
    }

    /** What one thread wants to send. All of its state is guarded by the lock. */
    private static final class Trip {
        private final List<Queued<?>> commands;
        private final Condition changed;
        private int sent;
        private boolean leads;
        private boolean ended;
        private RuntimeException failure;

        Trip(List<Queued<?>> commands, Condition changed) {
            this.commands = commands;
            this.changed = changed;
        }

        List<Queued<?>> next(int most) {
            int from = sent;
            sent = Math.min(commands.size(), from + most);
            return commands.subList(from, sent);
        }

        void end(RuntimeException why) {
            ended = true;
            failure = why;
            changed.signal();
        }
    }

    @Override
    public void send(List<Queued<?>> commands) {
        Trip trip = new Trip(commands, lock.newCondition());
        lock.lock();
        try {
            waiting.add(trip);
            appoint();
            while (trip.leads || !trip.ended) {
                if (trip.leads) {
                    lead(trip);
                } else {
                    trip.changed.await();
                }
            }
        } catch (InterruptedException e) {
            leave(trip);
            Thread.currentThread().interrupt();
            throw new JedisException("the call was interrupted", e);
        } finally {
            lock.unlock();
        }
        if (trip.failure != null) {
            throw trip.failure;
        }
    }

    /** Gives each free line to a thread that waits. */
    private void appoint() {
        for (Trip trip : waiting) {
            if (free == 0) {
                return;
            }
            if (!trip.leads) {
                free--;
                trip.leads = true;
                trip.changed.signal();
            }
        }
    }

    /** Sends what waits, and gives the line back. */
    private void lead(Trip leader) {
        List<Trip> trips = new ArrayList<>();
        List<Queued<?>> commands = new ArrayList<>();
        int mostOfOne = waiting.size() > 1 ? MOST_OF_ONE : MOST_OF_ONE_ALONE;
        while (!waiting.isEmpty() && commands.size() < MOST_COMMANDS) {
            Trip trip = waiting.poll();
            trips.add(trip);
            commands.addAll(trip.next(Math.min(MOST_COMMANDS - commands.size(), mostOfOne)));
        }
        leader.leads = false;
        boolean isOver = false;
        RuntimeException failure = null;
        lock.unlock();
        try {
            if (!commands.isEmpty()) {
                sender.send(commands);
            }
            isOver = true;
        } catch (RuntimeException e) {
            isOver = true;
            failure = e;
        } finally {
            lock.lock();
            if (!isOver) {
                failure = new JedisException("the call ended before its replies came");
            }
            for (Trip trip : trips) {
                if (failure != null || trip.sent == trip.commands.size()) {
                    trip.end(failure);
                } else if (!trip.ended) {
                    waiting.add(trip);
                }
            }
            free++;
            appoint();
        }
    }

    private void leave(Trip trip) {
        waiting.remove(trip);
        trip.ended = true;
        if (trip.leads) {
            trip.leads = false;
            free++;
            appoint();
        }
    }
}
