package dev.tarn.local.benchmark;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.JobRun;
import dev.tarn.local.stack.StackException;
import dev.tarn.model.Embedder;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;

/**
 * Tarn's jobs between topics of their own and an empty index. When it is closed the jobs are gone, the topics are, and the
 * database is empty.
 */
final class Pipeline implements AutoCloseable {
    /** No load begins after that, so that a slow model server, or slow settings, have fewer than all. */
    private static final Duration COMPILING = Duration.ofMinutes(2);

    private static final int COMPILING_LOADS = 10;

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String INGEST = "dev.tarn.jobs.ingest.IngestJob";
    private static final String QUERY = "dev.tarn.jobs.query.QueryJob";

    private final Testbench bench;
    private final Model model;
    private final HnswSettings hnsw;
    private final String name;
    private final FlinkJobs flink;
    private final List<String> jobs = new ArrayList<>();
    private final KafkaOptions kafka;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private int loads;

    /** Makes nothing yet. */
    Pipeline(Testbench bench, String name, Model model, HnswSettings hnsw) {
        this.bench = bench;
        this.name = name;
        this.model = model;
        this.hnsw = hnsw;
        flink = new FlinkJobs(bench.endpoints().flink());
        kafka = new KafkaOptions();
        new CommandLine(kafka).parseArgs(topicArguments().toArray(String[]::new));
    }

    /** Starts the ingest job, and the query job where it is asked for, and returns when they run. */
    void start(boolean answers) {
        List<String> common = new ArrayList<>(topicArguments());
        common.addAll(bench.redisArguments(hnsw));
        common.addAll(List.of("--ollama", model.uri().toString(), "--embedding-model", model.embedding()));
        List<String> ingest = new ArrayList<>(common);
        ingest.addAll(List.of("--ingest-group", name + "-ingest"));
        ingest.addAll(bench.settings().job());
        submit(INGEST, ingest);
        if (answers) {
            List<String> query = new ArrayList<>(common);
            query.addAll(List.of("--query-group", name + "-query", "--chat-model", model.chat()));
            query.addAll(List.of("--answer-concurrency", Integer.toString(Answers.MOST_IN_FLIGHT)));
            submit(QUERY, query);
        }
        jobs.forEach(job -> flink.awaitRunning(job, LIMIT));
        kafka.topics(kafka.topicSpecs()).createMissing();
    }

    private void submit(String entryClass, List<String> arguments) {
        JobRun run = new JobRun(entryClass, arguments, bench.settings().parallelism(), null);
        jobs.add(flink.run(bench.jar(), run));
    }

    private List<String> topicArguments() {
        return List.of(
                "--kafka", bench.endpoints().kafka(),
                "--documents-topic", name + "-documents",
                "--index-events-topic", name + "-index-events",
                "--questions-topic", name + "-questions",
                "--answers-topic", name + "-answers");
    }

    KafkaOptions kafka() {
        return kafka;
    }

    Model model() {
        return model;
    }

    HnswSettings hnsw() {
        return hnsw;
    }

    /** A reader of the index, which the ingest job has made when it runs. */
    RedisIndex reader(Embedder embedder) {
        EngineSettings engine = new EngineSettings(bench.engine(), 1, hnsw);
        return RedisIndex.openForReading(
                bench.redis(), new IndexSettings(embedder.describe(), ChunkingSettings.DEFAULT, engine));
    }

    /** A name that no load of this pipeline had. */
    String token() {
        return "l" + loads++;
    }

    /** Loads and deletes so much that the jobs are compiled: what is measured next is what jobs do that run for days. */
    void compile() {
        long deadline = System.nanoTime() + COMPILING.toNanos();
        int chunks = bench.settings().warmUp();
        for (int load = 0; load < COMPILING_LOADS && chunks > 0 && System.nanoTime() < deadline; load++) {
            delete(warmUp(chunks));
        }
    }

    /** Publishes what nobody is interested in, so that what is measured next finds everything loaded. */
    Workload warmUp(int chunks) {
        Workload load = bench.workload().like(token(), chunks);
        new Load(kafka).run(load.documents(), bench.events(), "warming up");
        return load;
    }

    /** Deletes documents that were loaded, so that the index is as it was before. */
    void delete(Workload load) {
        List<InputDocument> tombstones = load.documents().stream()
                .map(document -> new InputDocument(document.id(), null))
                .toList();
        new Load(kafka).run(tombstones, bench.events(), "deleting");
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // it would break off what is to be done here
        for (String job : jobs) {
            try {
                flink.cancel(job, LIMIT);
            } catch (StackException e) {
                bench.events().line("a job was not cancelled: " + e.getMessage());
            }
        }
        bench.deleteTopics(kafka);
        bench.clearRedis();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
