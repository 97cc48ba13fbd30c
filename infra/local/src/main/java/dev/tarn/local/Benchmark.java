package dev.tarn.local;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.jobs.options.OllamaOptions;
import dev.tarn.jobs.options.RedisOptions;
import dev.tarn.local.benchmark.Freshness;
import dev.tarn.local.benchmark.Memory;
import dev.tarn.local.benchmark.Safety;
import dev.tarn.local.benchmark.Throughput;
import dev.tarn.local.benchmark.Workload;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.redis.HnswSettings;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tarn benchmark}. */
@Command(
        name = "benchmark",
        description = "Measure a running stack: throughput beside the model server's own, and freshness.",
        mixinStandardHelpOptions = true)
final class Benchmark implements Callable<Integer> {
    private static final int[] DIMENSIONS = {384, 768, 1024};
    private static final int DOCUMENTS = 3_000;

    @Option(names = "--documents", paramLabel = "PATH", description = "What to measure with; by default the notes.")
    private Path documents;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often throughput is measured, in turn.")
    private int rounds;

    @Option(
            names = "--notes",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many notes freshness is measured with.")
    private int notes;

    @Option(
            names = "--embed-concurrency",
            paramLabel = "N",
            defaultValue = "4",
            description = "Embedding calls at once, as many as the ingest job makes.")
    private int concurrency;

    @Option(
            names = "--safety",
            description =
                    "Measure instead what the commit protocol costs, beside plain writes and searches, in database "
                            + Safety.DATABASE + " of the Redis, which has to be empty.")
    private boolean safety;

    @Option(
            names = "--memory",
            description = "Measure instead how much memory Redis takes for a chunk, for each quantization, in database "
                    + Memory.DATABASE + " of the Redis, which has to be empty.")
    private boolean memory;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private RedisOptions redis = new RedisOptions();

    @Mixin
    private OllamaOptions ollama = new OllamaOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (safety) {
            safety(out);
            return 0;
        }
        if (memory) {
            memory(out);
            return 0;
        }
        String run = UUID.randomUUID().toString().substring(0, 8);
        Workload workload = Workload.read(documents == null ? Folders.notes() : documents, ChunkingSettings.DEFAULT);
        try (OllamaEmbedder embedder = new OllamaEmbedder(ollama.embedding())) {
            IndexSettings made = new IndexSettings(embedder.describe(), ChunkingSettings.DEFAULT, redis.engine());
            out.printf(
                    "%d documents, %d chunks, %d embedding calls at once, %d processors%n",
                    workload.documents().size(),
                    workload.chunks(),
                    concurrency,
                    Runtime.getRuntime().availableProcessors());
            try (RedisIndex index = RedisIndex.openForWriting(redis.settings(1), made)) {
                freshness(new Freshness(kafka, embedder, index), run, out);
            }
            throughput(new Throughput(kafka, embedder, workload, concurrency), run, out);
        }
        return 0;
    }

    private void memory(PrintWriter out) {
        HnswSettings hnsw = redis.engine().hnsw();
        try (Memory measured = Memory.open(redis.settings(1))) {
            for (int dimension : DIMENSIONS) {
                for (HnswSettings.Quantization quantization : HnswSettings.Quantization.values()) {
                    HnswSettings graph =
                            new HnswSettings(quantization, hnsw.m(), hnsw.efConstruction(), hnsw.efSearch());
                    double bytes = measured.perChunk(dimension, graph, DOCUMENTS);
                    out.printf(
                            Locale.ROOT,
                            "%d dimensions, %s: %.0f bytes a chunk, %.2f GiB a million%n",
                            dimension,
                            quantization,
                            bytes,
                            bytes * 1e6 / (1 << 30));
                    out.flush();
                }
            }
        }
    }

    private void safety(PrintWriter out) throws Exception {
        try (Safety measured =
                Safety.open(redis.settings(concurrency), redis.engine().hnsw(), concurrency)) {
            out.println(measured.describe());
            measured.write();
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                Safety.Pair pair = measured.write();
                ratios[round] = pair.ratio();
                out.printf(
                        Locale.ROOT,
                        "round %d: plain %s; safe %s; ratio %.2f%n",
                        round + 1,
                        cost(pair.plain()),
                        cost(pair.safe()),
                        pair.ratio());
                out.flush();
            }
            Arrays.sort(ratios);
            out.printf(
                    Locale.ROOT,
                    "writing, median of %d: %.2f of the time of a plain write (%.2f to %.2f)%n",
                    rounds,
                    ratios[rounds / 2],
                    ratios[0],
                    ratios[rounds - 1]);
            Safety.Pair search = measured.search();
            out.printf(Locale.ROOT, "searching: plain %s; safe %s%n", cost(search.plain()), cost(search.safe()));
            out.flush();
        }
    }

    private static String cost(Safety.Cost cost) {
        return String.format(
                Locale.ROOT, "%.2f ms, %.1f commands, %.1f round trips", cost.millis(), cost.commands(), cost.reads());
    }

    private void freshness(Freshness freshness, String run, PrintWriter out) {
        freshness.measure(Math.min(notes, 10), run + "-warm-up");
        Freshness.Result result = freshness.measure(notes, run);
        out.printf(
                Locale.ROOT,
                "freshness, median of %d: %.1f ms from publish to searchable; one embedding, one write and one search"
                        + " alone %.1f ms; added %.1f ms%n",
                notes,
                result.observed(),
                result.floor(),
                result.observed() - result.floor());
        out.flush();
    }

    private void throughput(Throughput throughput, String run, PrintWriter out) throws Exception {
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            double direct = throughput.direct();
            double pipeline = throughput.pipeline(run + "-" + round);
            ratios[round] = pipeline / direct;
            out.printf(
                    Locale.ROOT,
                    "round %d: model server alone %.1f chunks/s, pipeline %.1f chunks/s, ratio %.2f%n",
                    round + 1,
                    direct,
                    pipeline,
                    ratios[round]);
            out.flush();
        }
        Arrays.sort(ratios);
        out.printf(
                Locale.ROOT,
                "throughput, median of %d: %.2f of the model server's own (%.2f to %.2f)%n",
                rounds,
                ratios[rounds / 2],
                ratios[0],
                ratios[rounds - 1]);
        out.flush();
    }
}
