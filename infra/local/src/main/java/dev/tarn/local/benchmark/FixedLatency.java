package dev.tarn.local.benchmark;

import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.local.stack.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** {@code fixed-latency}: first load where the model server computes nothing, so that what is left is the pipeline's own cost. */
final class FixedLatency implements Measurement {
    private static final double THOUSAND = 1_000;

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        Model model = bench.freeModel();
        List<Double> rates = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        List<Double> redis = new ArrayList<>();
        List<Roofs> all = new ArrayList<>();
        try (Pipeline pipeline = bench.pipeline(model, bench.settings().hnsw(), false);
                RoofMeter meter = new RoofMeter(bench, model, pipeline)) {
            meter.fill(pipeline.warmUp(bench.chunks(model) / 2));
            for (int round = 0; round < bench.settings().rounds(); round++) {
                bench.events().line("fixed-latency: round " + (round + 1));
                Map<TopicPartition, Long> before = new ConsumeRoof(pipeline.kafka()).ends();
                Workload load = bench.workload().copies(pipeline.token(), bench.chunks(model));
                Optional<Duration> ownBefore = bench.processorTime(Part.TASKMANAGER);
                Optional<Duration> redisBefore = bench.processorTime(Part.REDIS);
                Load.Result result = new Load(pipeline.kafka()).run(load.documents(), bench.events(), "first load");
                ownBefore.ifPresent(b -> own.add(cost(bench, Part.TASKMANAGER, b, result.chunks())));
                redisBefore.ifPresent(b -> redis.add(cost(bench, Part.REDIS, b, result.chunks())));
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
        if (!own.isEmpty()) {
            report.row("TaskManager", "processor time", "s per 1,000 chunks", Spread.of(own));
        }
        if (!redis.isEmpty()) {
            report.row("Redis", "processor time", "s per 1,000 chunks", Spread.of(redis));
        }
        report.note("each call of the model server takes "
                + bench.settings().latency().toMillis() + " ms and no processor time but for HTTP and JSON");
        report.bars("First load with a model server that computes nothing", "rate", "chunks/s");
    }

    private static double cost(Testbench bench, Part part, Duration before, int chunks) {
        Duration taken = bench.processorTime(part).orElse(before).minus(before);
        return taken.toNanos() / 1e9 * THOUSAND / chunks;
    }
}
