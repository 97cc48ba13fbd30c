package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;

class RoundTripsTest {
    private static final int MANY = 1_000;

    private final Server server = new Server();
    private final RoundTrips trips = new RoundTrips(server);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger blocked = new AtomicInteger();

    @AfterEach
    void stop() {
        server.gate.release(MANY);
        threads.shutdownNow();
    }

    @Test
    void whatComesWhileALineIsFreeGoesAtOnce() throws Exception {
        Future<?> one = send("one");
        server.awaitTrips(1);
        Future<?> two = send("two");
        server.awaitTrips(2);
        server.gate.release(2);

        one.get();
        two.get();
        assertThat(server.trips).containsExactlyInAnyOrder(List.of("one"), List.of("two"));
    }

    @Test
    void whatComesWhileAllLinesAreBusyLeavesTogether() throws Exception {
        occupyLines();
        List<Future<?>> waiting = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> waiting.add(send("w" + i)));
        awaitBlocked(20 + RoundTrips.LINES);
        server.gate.release(MANY);

        for (Future<?> each : waiting) {
            each.get();
        }
        assertThat(server.trips).hasSizeLessThanOrEqualTo(2 * RoundTrips.LINES);
        assertThat(server.trips.stream().flatMap(List::stream)).hasSize(20 + RoundTrips.LINES);
    }

    @Test
    void muchOfOneThreadGoesInItsOrderAndLetsOthersHaveTheirTurn() throws Exception {
        occupyLines();
        String[] much = IntStream.range(0, 500).mapToObj(i -> "m" + i).toArray(String[]::new);
        Future<?> large = send(much);
        awaitBlocked(1 + RoundTrips.LINES);
        Future<?> small = send("small");
        awaitBlocked(2 + RoundTrips.LINES);
        server.gate.release(MANY);

        large.get();
        small.get();
        List<String> sent = server.trips.stream().flatMap(List::stream).toList();
        assertThat(sent.stream().filter(command -> command.startsWith("m"))).containsExactly(much);
        assertThat(sent.indexOf("small")).isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSmallSendIsNotOnATripWithMuchOfALargeOneWhicheverCameFirst(boolean largeFirst) throws Exception {
        occupyLines();
        String[] much = IntStream.range(0, 500).mapToObj(i -> "m" + i).toArray(String[]::new);
        List<Future<?>> sent = new ArrayList<>();
        for (boolean large : List.of(largeFirst, !largeFirst)) {
            sent.add(large ? send(much) : send("small"));
            awaitBlocked(sent.size() + RoundTrips.LINES);
        }
        server.gate.release(MANY);

        for (Future<?> each : sent) {
            each.get();
        }
        assertThat(server.trips).filteredOn(trip -> trip.contains("small")).allMatch(trip -> trip.size() <= 1 + 8);
    }

    @Test
    void whoSendsMuchAloneKeepsALineForAFewCommandsOnly() throws Exception {
        String[] much = IntStream.range(0, 200).mapToObj(i -> "m" + i).toArray(String[]::new);
        server.gate.release(MANY);

        send(much).get();

        assertThat(server.trips).allMatch(trip -> trip.size() <= 16);
        assertThat(server.trips.stream().flatMap(List::stream)).containsExactly(much);
    }

    @Test
    void aTripThatFailsFailsForThoseWhoWereOnItOnly() throws Exception {
        occupyLines();
        server.failing = "bad";
        Future<?> bad = send("bad");
        awaitBlocked(1 + RoundTrips.LINES);
        server.gate.release(MANY);
        assertThatThrownBy(bad::get).hasCauseInstanceOf(JedisConnectionException.class);

        send("good").get();
    }

    @Test
    void whoIsInterruptedTakesNoLineAlong() throws Exception {
        for (int i = 0; i < 10; i++) {
            occupyLines();
            Future<?> interrupted = send("interrupted");
            Future<?> waiting = send("waiting");
            awaitBlocked(2 + RoundTrips.LINES);
            interrupted.cancel(true);
            server.gate.release(RoundTrips.LINES + 2);
            waiting.get();
            await().until(() -> server.inside == 0);
            server.gate.drainPermits();
        }
        occupyLines();
    }

    private void occupyLines() {
        int before = server.inside;
        for (int i = 0; i < RoundTrips.LINES; i++) {
            assertThat(send("busy")).isNotDone();
            int busy = before + i + 1;
            await().until(() -> server.inside == busy);
        }
    }

    private Future<?> send(String... commands) {
        List<Sender.Queued<?>> queued = new ArrayList<>();
        for (String command : commands) {
            queued.add(Sender.Queued.of(new CommandObject<>(
                    new CommandArguments(Protocol.Command.ECHO).add(command), BuilderFactory.STRING)));
        }
        return threads.submit(() -> {
            blocked.incrementAndGet();
            try {
                trips.send(queued);
            } finally {
                blocked.decrementAndGet();
            }
        });
    }

    /** So many threads are in a call, or about to be. */
    private void awaitBlocked(int count) {
        await().until(() -> blocked.get() == count);
    }

    /** Remembers what came with each trip, and lets none end before it may. */
    private static final class Server implements Sender {
        private final List<List<String>> trips = new CopyOnWriteArrayList<>();
        private final Semaphore gate = new Semaphore(0);
        private volatile String failing = "";
        private volatile int inside;

        void awaitTrips(int count) {
            await().until(() -> trips.size() == count);
        }

        @Override
        public void send(List<Queued<?>> commands) {
            List<String> texts = commands.stream().map(Server::text).toList();
            synchronized (this) {
                trips.add(texts);
                inside++;
            }
            gate.acquireUninterruptibly();
            synchronized (this) {
                inside--;
            }
            if (texts.contains(failing)) {
                throw new JedisConnectionException("cut off");
            }
        }

        private static String text(Queued<?> queued) {
            return new String(queued.command().getArguments().get(1).getRaw(), UTF_8);
        }
    }
}
