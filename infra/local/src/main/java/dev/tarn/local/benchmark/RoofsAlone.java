package dev.tarn.local.benchmark;

import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.redis.HnswSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code roofs}: what model server, Redis and Kafka do alone, over all ways of calling them, so that a user sees which
 * {@code --embed-batch-size} and {@code --embed-concurrency} to set.
 */
final class RoofsAlone implements Measurement {

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        BestPairs.Embedding embedding = bench.best().embedding(bench.model());
        embedding.rates().forEach((pair, rate) -> report.row("embed " + pair, "rate", "chunks/s", Spread.of(rate)));
        HnswSettings hnsw = bench.settings().hnsw();
        List<Double> embed = new ArrayList<>();
        List<Double> write = new ArrayList<>();
        List<Double> consume = new ArrayList<>();
        try (Pipeline pipeline = bench.pipeline(bench.freeModel(), hnsw, false)) {
            for (int round = 0; round < bench.settings().rounds(); round++) {
                bench.events().line("roofs: round " + (round + 1));
                Workload load = bench.workload().like(pipeline.token(), bench.chunks(bench.model()));
                new Load(pipeline.kafka()).run(load.documents(), bench.events(), "publishing");
                try (RoofMeter meter = new RoofMeter(bench, bench.model(), pipeline)) {
                    Roofs roofs = meter.measure(load);
                    embed.add(roofs.embed());
                    write.add(roofs.write());
                    consume.add(roofs.consume());
                }
            }
        }
        Map<WriteRoof.Pair, Double> writes = bench.best().writing(hnsw, List.of(), List.of());
        writes.forEach((pair, rate) -> report.row("write " + pair, "rate", "chunks/s", Spread.of(rate)));
        report.row("E, model server, " + embedding.best(), "best", "chunks/s", Spread.of(embed));
        report.row("R, Redis, " + BestPairs.key(writes), "best", "chunks/s", Spread.of(write));
        report.row("K, Kafka", "best", "chunks/s", Spread.of(consume));
        report.note("the model server was fastest with --embed-batch-size "
                + embedding.best().batch() + " --embed-concurrency "
                + embedding.best().concurrency());
        report.bars("What each part does alone", "best", "chunks/s");
    }
}
