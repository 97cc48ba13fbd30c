package dev.tarn.local.benchmark;

import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.redis.EngineSettings;
import java.util.ArrayList;
import java.util.List;

/** {@code safety}: what the commit protocol and the readers' check cost, beside the same without them, in turn. */
final class SafetyCost implements Measurement {
    private static final int WRITERS = 4;

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        if (bench.engine() != EngineSettings.Kind.VECTOR_SET) {
            report.note("it is measured with vector sets only");
            return;
        }
        try (Safety safety = Safety.open(
                bench.redis(),
                bench.settings().hnsw(),
                WRITERS,
                bench.settings().seed())) {
            report.note(safety.describe());
            safety.write();
            safety.search();
            List<Safety.Pair> writes = new ArrayList<>();
            List<Safety.Pair> searches = new ArrayList<>();
            for (int round = 0; round < bench.settings().rounds(); round++) {
                bench.events().line("safety: round " + (round + 1));
                writes.add(safety.write());
                searches.add(safety.search());
            }
            rows(report, "write", writes);
            rows(report, "search", searches);
        }
    }

    private static void rows(Report.Section report, String what, List<Safety.Pair> pairs) {
        cost(report, what + ", plain", pairs.stream().map(Safety.Pair::plain).toList());
        cost(report, what + ", safe", pairs.stream().map(Safety.Pair::safe).toList());
        report.row(
                what,
                "safe / plain",
                "",
                Spread.of(pairs.stream().map(Safety.Pair::ratio).toList()));
    }

    private static void cost(Report.Section report, String series, List<Safety.Cost> costs) {
        report.row(
                series,
                "time",
                "ms",
                Spread.of(costs.stream().map(Safety.Cost::millis).toList()));
        report.row(
                series,
                "commands",
                "",
                Spread.of(costs.stream().map(Safety.Cost::commands).toList()));
        report.row(
                series,
                "round trips",
                "",
                Spread.of(costs.stream().map(Safety.Cost::reads).toList()));
    }
}
