package dev.tarn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private static final int CALLS = 50;

    private final BatchSize size = new BatchSize(32, 1);

    @Test
    void aFastModelServerGetsFullBatches() {
        assertThat(after(texts -> texts)).isEqualTo(32);
    }

    @Test
    void oneThatTakesLongForAnyCallGetsFullBatches() {
        assertThat(after(texts -> 900 + texts)).isEqualTo(32);
    }

    @Test
    void oneThatTakesLongForEachTextGetsNoMoreThanItAnswersInTime() {
        after(texts -> 20L * texts);

        assertThat(size.now() * 20L).isLessThanOrEqualTo(BatchSize.LONG.toMillis());
        assertThat(size.now()).isGreaterThan(1);
    }

    @Test
    void oneThatBecomesSlowGetsSmallerOnes() {
        after(texts -> texts);

        after(texts -> 1_000L * texts);

        assertThat(size.now()).isLessThanOrEqualTo(2);
    }

    @Test
    void oneThatWasSlowForAWhileIsNotMeasuredByThatForEver() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            BatchSize any = new BatchSize(32, 1);
            for (int disturbance = 0; disturbance < 20; disturbance++) {
                int slower = 1 + random.nextInt(10);
                after(any, 1 + random.nextInt(10), texts -> 20L * slower * texts);
            }

            after(any, 20 * CALLS, texts -> 20L * texts);

            assertThat(any.now() * 20L)
                    .as("seed %d, round %d", seed, round)
                    .isLessThanOrEqualTo(2 * BatchSize.LONG.toMillis());
        }
    }

    @Test
    void aFarAwayModelServerGetsFullBatchesButForAFew() {
        int concurrency = 8;
        List<Done> done = endlessly(concurrency, false, texts -> 100 + texts / 10.0);

        double full = done.stream().filter(call -> call.texts() == 32).count();

        assertThat(full / done.size()).isGreaterThan(0.95);
    }

    @Test
    void whereCallsQueueTheyAreNotTakenToPayForThat() {
        List<Done> done = endlessly(4, true, texts -> 20.0 * texts);

        assertThat(done).allMatch(call -> call.millis() <= 2 * BatchSize.LONG.toMillis());
    }

    @Test
    void aModelServerThatComputesTextByTextGetsCallsOfOneSizeButForAFew() {
        for (boolean inTurn : new boolean[] {false, true}) {
            for (int perText = 1; perText <= 501; perText += 5) {
                double millis = perText;
                Map<Integer, Long> calls = endlessly(4, inTurn, texts -> millis * texts).stream()
                        .collect(Collectors.groupingBy(Done::texts, Collectors.counting()));

                long all = calls.values().stream().mapToLong(Long::longValue).sum();
                assertThat(Collections.max(calls.values()))
                        .as("%d ms a text, in turn: %s: %s", perText, inTurn, calls)
                        .isGreaterThan(all * 95 / 100);
            }
        }
    }

    /** Two texts take 200 ms, where a call may take 250; a fifth of all moments are slow. */
    @Test
    void oneThatIsSlowForMomentsGetsNoLargerCallsForThat() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Done> done = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            boolean[] isSlow = new boolean[10_000];
            for (int moment = 0; moment < isSlow.length; moment++) {
                isSlow[moment] = random.nextInt(5) == 0;
            }
            done.addAll(endlessly(
                    4,
                    true,
                    (texts, now) -> texts
                            * (20 + random.nextInt(10))
                            * (isSlow[(int) (now / 300) % isSlow.length] ? 2.0 : 1.0)));
        }

        Map<Integer, Long> calls = done.stream().collect(Collectors.groupingBy(Done::texts, Collectors.counting()));

        long larger = done.stream().filter(call -> call.texts() > 2).count();
        assertThat(larger).as("seed %d: %s", seed, calls).isLessThan(done.size() / 50);
        assertThat(calls.keySet()).as("seed %d: %s", seed, calls).allMatch(texts -> texts <= 8);
    }

    @Test
    void whenCallsFailTheyBecomeSmallerAndGrowAgainAfterwards() {
        after(texts -> texts);
        for (int i = 0; i < CALLS; i++) {
            size.failed();
        }
        assertThat(size.now()).isEqualTo(1);

        assertThat(after(texts -> texts)).isEqualTo(32);
    }

    @Test
    void aCallBehindSmallerOnesIsQuickOnlyIfItWouldBeBehindItsLike() {
        BatchSize two = new BatchSize(32, 4);
        two.took(1, Duration.ofMillis(100).toNanos());
        assertThat(two.now()).isEqualTo(2);

        two.took(2, Duration.ofMillis(120).toNanos());
        assertThat(two.now()).isEqualTo(2);

        two.took(2, Duration.ofMillis(60).toNanos());
        assertThat(two.now()).isEqualTo(4);
    }

    @Test
    void aCallThatIsNotFullTellsNothing() {
        after(texts -> texts);
        size.took(31, Duration.ofHours(1).toNanos());

        assertThat(size.now()).isEqualTo(32);
    }

    @Test
    void aMostThatIsNoPowerOfTwoIsReached() {
        BatchSize odd = new BatchSize(20, 1);
        for (int i = 0; i < CALLS; i++) {
            odd.took(odd.now(), 1);
        }

        assertThat(odd.now()).isEqualTo(20);
        assertThat(new BatchSize(1, 1).now()).isEqualTo(1);
    }

    /** The size after calls that take so many milliseconds. */
    private int after(IntToLongFunction milliseconds) {
        after(size, CALLS, milliseconds);
        return size.now();
    }

    private static void after(BatchSize size, int calls, IntToLongFunction milliseconds) {
        for (int i = 0; i < calls; i++) {
            size.took(
                    size.now(),
                    Duration.ofMillis(milliseconds.applyAsLong(size.now())).toNanos());
        }
    }

    private record Done(int texts, double millis, double at) {}

    /**
     * Calls of a server, once the sizes have settled.
     *
     * @param inTurn whether it computes one call after the other
     */
    private static List<Done> endlessly(int concurrency, boolean inTurn, IntToDoubleFunction milliseconds) {
        return endlessly(concurrency, inTurn, (texts, now) -> milliseconds.applyAsDouble(texts));
    }

    /** What a call of so many texts takes that begins at a time, all in milliseconds. */
    @FunctionalInterface
    private interface Server {
        double takes(int texts, double now);
    }

    private static List<Done> endlessly(int concurrency, boolean inTurn, Server server) {
        BatchSize size = new BatchSize(32, concurrency);
        PriorityQueue<Done> underWay = new PriorityQueue<>(Comparator.comparingDouble(Done::at));
        List<Done> done = new ArrayList<>();
        double now = 0;
        double free = 0;
        for (int call = 0; call < 200 * CALLS; call++) {
            if (underWay.size() == concurrency) {
                Done first = underWay.remove();
                now = first.at();
                size.took(first.texts(), (long) (first.millis() * 1e6));
                if (call > 10 * CALLS) {
                    done.add(first);
                }
            }
            free = (inTurn ? Math.max(free, now) : now) + server.takes(size.now(), now);
            underWay.add(new Done(size.now(), free - now, free));
        }
        return done;
    }
}
