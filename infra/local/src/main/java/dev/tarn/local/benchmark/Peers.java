package dev.tarn.local.benchmark;

import dev.tarn.index.Receipt;
import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.ScanIteration;

/**
 * {@code peers}: what others take for the same documents with the same model server and Redis, in turn with the pipeline.
 * Each is a program of its own in {@code infra/benchmark/peers}.
 */
final class Peers implements Measurement {
    private static final String PIPELINE = "pipeline";
    private static final int REPUBLISHED = 5;
    private static final int SCANNED = 1_000;
    private static final int FREE_LOADS = 2;

    private final Path folder;

    Peers(Path folder) {
        this.folder = folder;
    }

    /** For each round: chunks a second of a first load, and documents a second of the same again. */
    private record Rates(List<Double> first, List<Double> again) {
        private Rates() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        List<PeerProgram> programs = PeerProgram.in(folder);
        if (programs.isEmpty()) {
            report.note("there is no program in " + folder);
            return;
        }
        compare(bench, bench.model(), programs, report);
        compare(bench, bench.freeModel(), programs, report);
        report.note("with the model server of fixed latency, each call takes "
                + bench.settings().latency().toMillis() + " ms");
        report.note(
                "loop, batched and langchain4j write vector sets, langchain and llamaindex indexes of the query engine;"
                        + " the pipeline's index is the " + bench.engine() + " engine's");
        report.bars("First load", "first load", "chunks/s");
        report.bars("All unchanged", "all unchanged", "documents/s");
    }

    private static void compare(Testbench bench, Model model, List<PeerProgram> programs, Report.Section report)
            throws Exception {
        int chunks = bench.settings().chunks() * (model.isFree() ? FREE_LOADS : 1);
        Map<String, Rates> all = new LinkedHashMap<>();
        List<PeerProgram> there = new ArrayList<>(programs);
        try (Pipeline pipeline = bench.pipeline(model, bench.settings().hnsw(), false)) {
            pipeline.compile();
            for (int round = 0; round < bench.settings().rounds(); round++) {
                bench.events().line("peers: " + model.name() + ", round " + (round + 1));
                Workload load = bench.workload().like(pipeline.token(), chunks);
                pipeline(bench, pipeline, load, all.computeIfAbsent(PIPELINE, name -> new Rates()));
                pipeline.delete(load);
                for (PeerProgram program : List.copyOf(there)) {
                    bench.events().line("peers: " + program.name());
                    Optional<PeerProgram.Result> result = run(bench, model, program, load);
                    if (result.isEmpty()) {
                        there.remove(program);
                        report.note(program.name() + " was left out, for it lacks what it needs");
                        continue;
                    }
                    Rates rates = all.computeIfAbsent(program.name(), name -> new Rates());
                    rates.first().add(load.size() / result.get().firstLoadSeconds());
                    rates.again().add(load.documents().size() / result.get().unchangedSeconds());
                }
            }
        }
        print(model, all, report);
    }

    /** All of it unchanged is over so soon that it is published some times, in one stream. */
    private static void pipeline(Testbench bench, Pipeline pipeline, Workload documents, Rates rates) {
        Load load = new Load(pipeline.kafka());
        rates.first()
                .add(load.run(documents.documents(), bench.events(), "first load")
                        .chunksPerSecond());
        Load.Result again = load.run(documents.times(REPUBLISHED), bench.events(), "all unchanged");
        if (again.receipts().stream().anyMatch(receipt -> receipt.action() == Receipt.Action.INDEXED)) {
            throw new IllegalStateException("an unchanged document was indexed again");
        }
        rates.again().add(again.documentsPerSecond());
    }

    private static Optional<PeerProgram.Result> run(Testbench bench, Model model, PeerProgram program, Workload load)
            throws IOException, InterruptedException {
        String prefix = "peer:" + program.name() + ":";
        try {
            return program.run(bench, model, load, prefix);
        } finally {
            delete(bench.plain().client(), prefix);
        }
    }

    private static void delete(RedisClient redis, String prefix) {
        ScanIteration keys = redis.scanIteration(SCANNED, prefix + "*");
        while (!keys.isIterationCompleted()) {
            List<String> some = keys.nextBatch().getResult();
            if (!some.isEmpty()) {
                redis.unlink(some.toArray(String[]::new));
            }
        }
    }

    private static void print(Model model, Map<String, Rates> all, Report.Section report) {
        Rates ours = all.get(PIPELINE);
        all.forEach((name, rates) -> {
            String series = name + ", " + model.name();
            report.row(series, "first load", "chunks/s", Spread.of(rates.first()));
            report.row(series, "all unchanged", "documents/s", Spread.of(rates.again()));
            if (!name.equals(PIPELINE)) {
                report.row(series, "pipeline / first load", "times", ratios(ours.first(), rates.first()));
                report.row(series, "pipeline / all unchanged", "times", ratios(ours.again(), rates.again()));
            }
        });
    }

    private static Spread ratios(List<Double> ours, List<Double> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < theirs.size(); round++) {
            ratios.add(ours.get(round) / theirs.get(round));
        }
        return Spread.of(ratios);
    }
}
