package dev.tarn.local.benchmark;

import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.local.stack.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What each process takes of the processors for loads, where the stack is the benchmark's own, and for how much of
 * that time Redis' thread runs and waits for a core, where it is on this machine.
 */
final class ProcessorCost {
    private static final double THOUSAND = 1_000;
    private static final Map<String, Part> PARTS = new LinkedHashMap<>();

    /** What there is beside the model server and Redis. */
    private static final Set<String> IN_THE_PIPELINE = Set.of("TaskManager", "JobManager", "Kafka");

    static {
        PARTS.put("TaskManager", Part.TASKMANAGER);
        PARTS.put("JobManager", Part.JOBMANAGER);
        PARTS.put("Kafka", Part.BROKER);
        PARTS.put("Redis", Part.REDIS);
    }

    private static final String THREAD = "Redis' thread, in the pipeline";
    private static final String OWN = "beyond the model server and Redis";

    private final Testbench bench;
    private final Map<String, List<Double>> costs = new LinkedHashMap<>();
    private final Optional<ThreadTimes> redis;
    private final List<Double> running = new ArrayList<>();
    private final List<Double> waiting = new ArrayList<>();

    ProcessorCost(Testbench bench) {
        this.bench = bench;
        redis = bench.sharesCores() ? ThreadTimes.of(bench.plain()) : Optional.empty();
    }

    /** Runs a load, and keeps what it cost. */
    Load.Result of(Supplier<Load.Result> load) {
        Map<String, Duration> before = times();
        Optional<ThreadTimes.Moment> begin = redis.map(ThreadTimes::now);
        Load.Result result = load.get();
        begin.ifPresent(from -> {
            ThreadTimes.Moment until = redis.orElseThrow().now();
            running.add(from.running(until));
            waiting.add(from.waiting(until));
        });
        Map<String, Double> own = new HashMap<>();
        for (Map.Entry<String, Duration> time : times().entrySet()) {
            Duration taken = time.getValue().minus(before.getOrDefault(time.getKey(), time.getValue()));
            double cost = taken.toNanos() / 1e9 * THOUSAND / result.chunks();
            keep(time.getKey(), cost);
            if (IN_THE_PIPELINE.contains(time.getKey())) {
                own.put(time.getKey(), cost);
            }
        }
        if (own.keySet().equals(IN_THE_PIPELINE)) {
            keep(OWN, own.values().stream().mapToDouble(Double::doubleValue).sum());
        }
        return result;
    }

    private void keep(String process, double cost) {
        costs.computeIfAbsent(process, name -> new ArrayList<>()).add(cost);
    }

    private Map<String, Duration> times() {
        Map<String, Duration> times = new LinkedHashMap<>();
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(own -> times.put("benchmark, with a model server of its own", own));
        PARTS.forEach((name, part) -> bench.processorTime(part).ifPresent(time -> times.put(name, time)));
        return times;
    }

    /** A row for each process, and two for Redis' thread. */
    void report(Report.Section report) {
        if (redis.isPresent()) {
            report.row(THREAD, "running", "of the time", Spread.of(running));
            report.row(THREAD, "waiting for a core", "of the time", Spread.of(waiting));
        }
        costs.forEach((process, cost) -> report.row(process, "processor time", "s per 1,000 chunks", Spread.of(cost)));
    }
}
