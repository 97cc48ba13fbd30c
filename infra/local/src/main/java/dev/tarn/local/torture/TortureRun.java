package dev.tarn.local.torture;

import dev.tarn.local.torture.Fault.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Everything at once: each target has its own faults at random, while documents change and the watcher looks. */
public final class TortureRun {
    private static final int CHANGES_PER_SECOND = 30;
    private static final int FIRST_CHANGES = 300;
    private static final Duration BETWEEN = Duration.ofSeconds(4);
    private static final Duration SHORTEST_OUTAGE = Duration.ofMillis(500);
    private static final int DOUBLINGS = 4;
    private static final Duration SAMPLING = Duration.ofMillis(100);
    private static final Duration RECOVERY = Duration.ofMinutes(3);

    private final Testbed bed;
    private final long seed;
    private final Consumer<String> events;
    private final long started = System.nanoTime();
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final List<String> accidents = new CopyOnWriteArrayList<>();
    private final AtomicInteger replays = new AtomicInteger();
    private volatile boolean running;
    private volatile boolean cancelled;

    /**
     * @param seed of which faults come when; what they meet is never quite the same
     * @param events is told, in a line each, what fails and what is back
     */
    public TortureRun(Testbed bed, long seed, Consumer<String> events) {
        this.bed = bed;
        this.seed = seed;
        this.events = events;
        bed.beforeStop(() -> cancelled = true);
    }

    /** Goes on for so long, lets everything recover, and compares. */
    public TortureReport run(Duration time) {
        running = true;
        bed.workload().burst(FIRST_CHANGES);
        bed.workload().start(CHANGES_PER_SECOND);
        List<Thread> threads = Arrays.stream(Target.values()).map(this::thread).toList();
        threads.forEach(Thread::start);
        long deadline = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < deadline && accidents.isEmpty()) {
            Wait.pause(SHORTEST_OUTAGE);
            bed.ingest().completedCheckpoints();
        }
        running = false;
        threads.forEach(TortureRun::join);
        tell("the faults are over");
        bed.workload().stop();
        List<String> differences = bed.settle(RECOVERY, true);
        if (differences.isEmpty()) {
            tell("the index equals its topic");
        } else {
            tell("the index differs from its topic; " + bed.ingest().describe());
        }
        Commands.Result verified = bed.verify();
        return report(differences, verified);
    }

    private Thread thread(Target target) {
        Thread thread =
                new Thread(() -> strike(target, new Random(seed + target.name().hashCode())), "faults-" + target);
        thread.setDaemon(true);
        return thread;
    }

    /** Of the time that a target is there it is whole for at least as long as it is not. */
    private void strike(Target target, Random random) {
        List<Fault> possible = Arrays.stream(Fault.values())
                .filter(fault -> fault.target() == target && fault.isForAnyTime())
                .toList();
        try {
            Duration pause = Duration.ZERO;
            while (running) {
                pause(pause.plusMillis(random.nextLong(BETWEEN.toMillis())));
                long begun = System.nanoTime();
                if (running) {
                    strike(possible.get(random.nextInt(possible.size())), random);
                }
                pause = Duration.ofNanos(System.nanoTime() - begun);
            }
        } catch (RuntimeException e) {
            if (!cancelled) {
                accidents.add("a fault did not end: " + e.getMessage());
            }
        }
    }

    private void pause(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        while (running && System.nanoTime() < deadline) {
            Wait.pause(SAMPLING);
        }
    }

    private void strike(Fault fault, Random random) {
        synchronized (faults) {
            faults.merge(fault, 1, Integer::sum);
        }
        tell(fault + " ...");
        fault.begin(bed);
        Wait.pause(SHORTEST_OUTAGE.multipliedBy(1L << random.nextInt(DOUBLINGS)));
        fault.end(bed);
        tell("... over: " + fault);
        if (fault.leavesDeadLetters()) {
            tell("dead letters are sent back: " + replay());
        }
    }

    private String replay() {
        replays.incrementAndGet();
        return bed.replayDeadLetters().output().strip();
    }

    private TortureReport report(List<String> differences, Commands.Result verified) {
        List<String> findings = new ArrayList<>(accidents);
        differences.forEach(difference -> findings.add("independent check: " + difference));
        bed.watcher().takeViolations().forEach(violation -> findings.add("reader: " + violation));
        if (verified.exitCode() != 0) {
            findings.add("verify: " + verified.output().strip());
        }
        return new TortureReport(
                Map.copyOf(faults),
                bed.workload().done(),
                bed.topics().receipts(),
                bed.topics().deadLetters(),
                replays.get(),
                bed.ingest().completedCheckpoints(),
                bed.watcher().looks(),
                findings);
    }

    private void tell(String event) {
        if (!cancelled) {
            double seconds = (System.nanoTime() - started) / 1e9;
            events.accept(String.format(Locale.ROOT, "%7.1f s  %s", seconds, event));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
