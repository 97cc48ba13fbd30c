package dev.tarn.local.benchmark;

import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.ReportWriter;
import dev.tarn.local.benchmark.report.Row;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.local.stack.StackSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measurements on one stack, one after the other. */
public final class BenchmarkRun {
    /** How soon Flink's REST API tells what its processes have told it; its usual 10 s would hold every look at the heap up. */
    private static final String METRICS_INTERVAL_MS = "1000";

    private static final double MEBIBYTE = 1 << 20;

    private final BenchmarkSettings settings;
    private final List<MeasurementKind> kinds;
    private final StackSettings stack;
    private final Path jobsJar;
    private final Events events;

    /**
     * Measures nothing yet.
     *
     * @param kinds of measurements, in the order in which they are taken
     * @param stack what is given of it, and where what is started keeps its data
     */
    public BenchmarkRun(
            BenchmarkSettings settings, List<MeasurementKind> kinds, StackSettings stack, Path jobsJar, Events events) {
        this.settings = settings;
        this.kinds = List.copyOf(kinds);
        Map<String, String> flink = new HashMap<>(stack.flink());
        flink.putIfAbsent("metrics.fetcher.update-interval", METRICS_INTERVAL_MS);
        this.stack = stack.withFlink(flink);
        this.jobsJar = jobsJar;
        this.events = events;
    }

    /** Takes what was measured so far, after each measurement: they are long, and what follows may fail. */
    @FunctionalInterface
    public interface Files {
        void write(Report report) throws IOException;
    }

    /**
     * Measures, and prints each table as soon as it is there.
     *
     * @throws dev.tarn.local.stack.StackException when a part does not start
     * @throws dev.tarn.failure.Misconfiguration when the Redis that was given is not empty
     * @throws Exception when something can't be measured
     */
    public void run(PrintWriter out, Files files) throws Exception {
        Workload workload = Workload.read(settings.documents(), settings.seed());
        try (Testbench bench = Testbench.start(settings, stack, jobsJar, workload, events)) {
            Report report = new Report(Circumstances.of(bench));
            ReportWriter.circumstances(report, out);
            for (MeasurementKind kind : kinds) {
                measure(kind, bench, report, out);
                files.write(report);
            }
        }
    }

    private void measure(MeasurementKind kind, Testbench bench, Report report, PrintWriter out) throws Exception {
        int rows = report.rows().size();
        int notes = report.notes().size();
        Report.Section section = report.section(kind.toString());
        bench.run(kind.measurement(stack.home()), section);
        new TaskManagerMemory(bench)
                .mostResident()
                .ifPresent(most ->
                        section.row("TaskManager", "resident at most, so far", "MiB", Spread.of(most / MEBIBYTE)));
        out.println();
        out.println(kind + ": " + kind.description());
        List<Row> mine = report.rows().subList(rows, report.rows().size());
        ReportWriter.table(mine, out);
        report.notes().subList(notes, report.notes().size()).forEach(note -> out.println("  " + note));
        out.flush();
    }
}
