package dev.tarn.local.benchmark;

import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** {@code fixed-latency}: first load where the model server computes nothing, so that what is left is the pipeline's own cost. */
final class FixedLatency implements Measurement {
    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        Model model = bench.freeModel();
        List<Double> rates = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Roofs> all = new ArrayList<>();
        ProcessorCost processors = new ProcessorCost(bench);
        try (Pipeline pipeline = bench.pipeline(model, bench.settings().hnsw(), false);
                RoofMeter meter = new RoofMeter(bench, model, pipeline)) {
            pipeline.compile();
            meter.fill(pipeline.warmUp(bench.chunks(model) / 2));
            for (int round = 0; round < bench.settings().rounds(); round++) {
                bench.events().line("fixed-latency: round " + (round + 1));
                Map<TopicPartition, Long> before = new ConsumeRoof(pipeline.kafka()).ends();
                Workload load = bench.workload().like(pipeline.token(), bench.chunks(model));
                Load.Result result = processors.of(
                        () -> new Load(pipeline.kafka()).run(load.documents(), bench.events(), "first load"));
                Roofs roofs = meter.measure(load, before);
                all.add(roofs);
                rates.add(result.chunksPerSecond());
                ratios.add(result.chunksPerSecond() / roofs.write());
            }
        }
        report.row("pipeline", "rate", "chunks/s", Spread.of(rates));
        report.row(
                "R, Redis alone",
                "rate",
                "chunks/s",
                Spread.of(all.stream().map(Roofs::write).toList()));
        report.row(
                "E, this server alone",
                "rate",
                "chunks/s",
                Spread.of(all.stream().map(Roofs::embed).toList()));
        report.row(
                "K, Kafka alone",
                "rate",
                "chunks/s",
                Spread.of(all.stream().map(Roofs::consume).toList()));
        report.row("eta", "pipeline / R", "", Spread.of(ratios));
        processors.report(report);
        report.note("each call of the model server takes "
                + bench.settings().latency().toMillis() + " ms and no processor time but for HTTP and JSON");
        report.bars("First load with a model server that computes nothing", "rate", "chunks/s");
    }
}
