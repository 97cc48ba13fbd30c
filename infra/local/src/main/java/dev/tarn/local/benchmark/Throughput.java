package dev.tarn.local.benchmark;

import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** {@code throughput}: first load of documents that nothing is known of, beside the roof of its parts, in turn. */
final class Throughput implements Measurement {

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        boolean shared = bench.sharesCores();
        List<Double> rates = new ArrayList<>();
        List<Double> tops = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        List<Roofs> all = new ArrayList<>();
        ProcessorCost processors = new ProcessorCost(bench);
        try (Pipeline pipeline = bench.pipeline(bench.model(), bench.settings().hnsw(), false);
                RoofMeter meter = new RoofMeter(bench, bench.model(), pipeline)) {
            pipeline.compile();
            for (int round = 0; round < bench.settings().rounds(); round++) {
                bench.events().line("throughput: round " + (round + 1));
                Map<TopicPartition, Long> before = new ConsumeRoof(pipeline.kafka()).ends();
                Workload load = bench.workload().like(pipeline.token(), bench.chunks(bench.model()));
                double rate = processors
                        .of(() -> new Load(pipeline.kafka()).run(load.documents(), bench.events(), "first load"))
                        .chunksPerSecond();
                Roofs roofs = meter.measure(load, before);
                all.add(roofs);
                rates.add(rate);
                tops.add(roofs.roof(shared));
                shares.add(rate / roofs.roof(shared));
            }
        }
        report.row("pipeline", "rate", "chunks/s", Spread.of(rates));
        report.row(
                "E, model server alone",
                "rate",
                "chunks/s",
                Spread.of(all.stream().map(Roofs::embed).toList()));
        report.row(
                "R, Redis alone",
                "rate",
                "chunks/s",
                Spread.of(all.stream().map(Roofs::write).toList()));
        report.row(
                "K, Kafka alone",
                "rate",
                "chunks/s",
                Spread.of(all.stream().map(Roofs::consume).toList()));
        report.row("roof", "rate", "chunks/s", Spread.of(tops));
        report.row("eta", "pipeline / roof", "", Spread.of(shares));
        processors.report(report);
        report.note(
                shared
                        ? "the parts share the cores of this machine, so the roof is 1/(1/E + 1/R + 1/K)"
                        : "the parts are on different machines, so the roof is min(E, R, K)");
        report.bars("First load", "rate", "chunks/s");
    }
}
