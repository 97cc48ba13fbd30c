package dev.tarn.local;

import dev.tarn.local.benchmark.BenchmarkRun;
import dev.tarn.local.benchmark.BenchmarkSettings;
import dev.tarn.local.benchmark.MeasurementKind;
import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.ReportWriter;
import dev.tarn.local.stack.DataFolder;
import dev.tarn.local.stack.PreferredPorts;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tarn benchmark}. */
@Command(
        name = "benchmark",
        description = {
            "Measure Tarn beside what its parts do alone, on a stack of its own that is empty at first and gone afterwards,"
                    + " or on parts that are given.",
            "",
            "A given Redis has to be empty in the database that --redis names, and in database 15 for memory and"
                    + " safety; both are emptied again. On a given Flink or Kafka, the jobs and topics are the"
                    + " benchmark's own, and are removed. The model server that computes nothing listens on this"
                    + " machine only.",
            "",
            "What can be measured, each alone, and how long it takes on two slow cores:",
            "  roofs          model server, Redis and Kafka alone, and how they are best called; 5 min",
            "  throughput     first load beside these roofs, in turn; 6 min",
            "  fixed-latency  the same with a model server that computes nothing: the pipeline's own cost; 6 min",
            "  freshness      from publish to searchable, idle, at half and at full load; 10 min",
            "  answers        what is added to an answer, while documents are ingested; 20 min",
            "  republish      again unchanged, one in a hundred changed, one document all the time; 4 min",
            "  growth         all of it as the index grows, with recall and memory; 20 min up to 100,000 chunks, each round",
            "  peers          others on the same documents, model server and Redis; 20 min",
            "  memory         bytes in Redis for a chunk, for each quantization; 3 min",
            "  safety         what the commit protocol costs; 2 min",
            "  profile        the methods in which the TaskManager is most often met at full speed; 3 min",
            ""
        },
        mixinStandardHelpOptions = true)
final class Benchmark implements Callable<Integer> {
    private static final String FOLDER = ".tarn-benchmark";

    @Parameters(
            paramLabel = "MEASUREMENT",
            arity = "0..*",
            description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<MeasurementKind> kinds = new ArrayList<>();

    @Option(names = "--documents", paramLabel = "PATH", description = "What to measure with; by default the notes.")
    private Path documents;

    @Option(
            names = "--chunks",
            paramLabel = "N",
            defaultValue = "500",
            description =
                    "The least for one load: the documents' sentences are dealt out anew until there are so many; ten times"
                            + " as many where no model computes. Default: ${DEFAULT-VALUE}.")
    private int chunks;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "3000",
            description =
                    "Chunks that are loaded first and deleted again, so that the jobs are compiled; so again until two"
                            + " minutes are over, ten times at most. 0 for none. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each thing is measured, in turn; memory and profile are once."
                    + " Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--probes",
            paramLabel = "N",
            defaultValue = "100",
            description = "Notes for each freshness. Default: ${DEFAULT-VALUE}.")
    private int probes;

    @Option(
            names = "--questions",
            paramLabel = "N",
            defaultValue = "100",
            description = "Questions for each number of them in flight. Default: ${DEFAULT-VALUE}.")
    private int questions;

    @Option(
            names = "--sizes",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000,10000,100000",
            description = "Chunks in the index at which growth is measured, rising; they need a Redis that holds them."
                    + " Default: ${DEFAULT-VALUE}.")
    private List<Integer> sizes = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of generated documents and vectors. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "20",
            description = "Of each call of the model server that computes nothing. Default: ${DEFAULT-VALUE}.")
    private int latencyMs;

    @Option(
            names = "--quantization",
            paramLabel = "KIND",
            split = ",",
            defaultValue = "Q8,NOQUANT",
            description = "Quantizations: the first for all, each for growth. ${COMPLETION-CANDIDATES}."
                    + " Default: ${DEFAULT-VALUE}.")
    private List<HnswSettings.Quantization> quantizations = new ArrayList<>();

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "What holds the vectors: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private EngineSettings.Kind engine;

    @Option(names = "--embed-batch-size", paramLabel = "N", description = "Set for the ingest job.")
    private Integer embedBatchSize;

    @Option(names = "--embed-concurrency", paramLabel = "N", description = "Set for the ingest job.")
    private Integer embedConcurrency;

    @Option(names = "--index-concurrency", paramLabel = "N", description = "Set for the ingest job.")
    private Integer indexConcurrency;

    @Option(names = "--embedding-cache", paramLabel = "N", description = "Set for the ingest job.")
    private Integer embeddingCache;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all numbers to this file, too.")
    private Path json;

    @Option(names = "--svg", paramLabel = "FOLDER", description = "Draw plots into this folder.")
    private Path svg;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        DataFolder data = new DataFolder(Folders.home().resolve(FOLDER));
        data.clean();
        BenchmarkRun run = new BenchmarkRun(
                settings(),
                MeasurementKind.expand(kinds),
                stack.settings(data.root(), PreferredPorts.ANY),
                Folders.jobsJar(),
                new TerminalEvents(spec.commandLine().getErr(), " docs"));
        run.run(out, this::write);
        data.clean();
        return 0;
    }

    private void write(Report report) throws IOException {
        if (json != null) {
            ReportWriter.json(report, json);
        }
        if (svg != null) {
            ReportWriter.plots(report, svg);
        }
    }

    private BenchmarkSettings settings() throws CommandFailed {
        if (chunks < 1
                || warmUp < 0
                || rounds < 1
                || probes < 1
                || questions < 1
                || latencyMs < 0
                || sizes.stream().anyMatch(n -> n < 4 || n % 4 != 0)) {
            throw new CommandFailed(
                    "numbers of chunks, rounds, probes and questions start at 1, --warm-up at 0; sizes are multiples of 4");
        }
        List<String> job = new ArrayList<>();
        add(job, "--embed-batch-size", embedBatchSize);
        add(job, "--embed-concurrency", embedConcurrency);
        add(job, "--index-concurrency", indexConcurrency);
        add(job, "--embedding-cache", embeddingCache);
        return new BenchmarkSettings(
                documents == null ? Folders.notes() : documents,
                chunks,
                warmUp,
                rounds,
                probes,
                questions,
                sizes.stream().sorted().distinct().toList(),
                seed,
                Duration.ofMillis(latencyMs),
                engine,
                quantizations,
                stack.embeddingModel,
                stack.chatModel,
                stack.parallelism,
                job);
    }

    private static void add(List<String> arguments, String option, Integer value) {
        if (value != null) {
            arguments.addAll(List.of(option, value.toString()));
        }
    }
}
