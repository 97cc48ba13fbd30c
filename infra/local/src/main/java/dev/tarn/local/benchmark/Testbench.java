package dev.tarn.local.benchmark;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.jobs.options.RedisOptions;
import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.stack.Endpoints;
import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.OllamaStandIn;
import dev.tarn.local.stack.Part;
import dev.tarn.local.stack.Stack;
import dev.tarn.local.stack.StackException;
import dev.tarn.local.stack.StackSettings;
import dev.tarn.local.standin.StandIn;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import dev.tarn.redis.RedisSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;

/** A stack to measure on, one pipeline at a time. What it started ends when it is closed, and when this JVM ends. */
final class Testbench implements AutoCloseable {
    private static final String STAND_IN_CHAT = "extractive";
    private static final String USUAL_CHAT = "llama3.2";
    private static final long ADMIN_SECONDS = 20;
    private static final int CONNECTIONS = 8;
    private static final Duration TASKMANAGER_LIMIT = Duration.ofMinutes(1);

    /** In which a measurement that is broken off cleans up after itself. */
    private static final long BREAK_OFF_SECONDS = 20;

    private final BenchmarkSettings settings;
    private final Stack stack;
    private final Events events;
    private final Model model;
    private final PlainRedis plain;
    private final EngineSettings.Kind engine;
    private final FlinkJobs flink;
    private final String jar;
    private final String run = "benchmark-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final Workload workload;
    private final BestPairs best = new BestPairs(this);
    private final Thread measuring = Thread.currentThread();
    private final Semaphore atRest = new Semaphore(1);
    private FixedLatencyServer freeServer;
    private Pipeline current;
    private int pipelines;

    private Testbench(
            BenchmarkSettings settings, Stack stack, boolean standIn, Path jobsJar, Workload workload, Events events) {
        this.settings = settings;
        this.stack = stack;
        this.events = events;
        this.workload = workload;
        String chat = settings.chatModel() != null ? settings.chatModel() : standIn ? STAND_IN_CHAT : USUAL_CHAT;
        model = new Model(
                standIn ? "stand-in" : "model server",
                stack.endpoints().ollama(),
                settings.embeddingModel(),
                chat,
                false);
        plain = PlainRedis.open(redis());
        plain.requireEmpty();
        engine = Engine.of(plain, settings.engine());
        flink = new FlinkJobs(stack.endpoints().flink());
        jar = flink.upload(jobsJar);
        stack.beforeStop(this::stopCurrent);
    }

    /**
     * Starts what is missing of the stack.
     *
     * @throws StackException when a part does not start; nothing is left running
     * @throws dev.tarn.failure.Misconfiguration when the Redis that was given is not empty, or lacks the engine
     */
    static Testbench start(
            BenchmarkSettings settings, StackSettings stackSettings, Path jobsJar, Workload workload, Events events) {
        AtomicBoolean standIn = new AtomicBoolean();
        Stack stack = Stack.start(
                stackSettings,
                port -> {
                    standIn.set(true);
                    StandIn server = StandIn.start(port);
                    return new OllamaStandIn(server.uri(), server);
                },
                events::line);
        try {
            return new Testbench(settings, stack, standIn.get(), jobsJar, workload, events);
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    BenchmarkSettings settings() {
        return settings;
    }

    Events events() {
        return events;
    }

    Endpoints endpoints() {
        return stack.endpoints();
    }

    /** The documents as they were read; each load takes others like them. */
    Workload workload() {
        return workload;
    }

    /** The model server of the stack. */
    Model model() {
        return model;
    }

    /** A model server that computes nothing. */
    synchronized Model freeModel() {
        if (freeServer == null) {
            freeServer = new FixedLatencyServer(settings.latency(), new TopicVectors(settings.seed()));
        }
        return new Model("fixed latency", freeServer.uri(), FixedLatencyServer.MODEL, FixedLatencyServer.MODEL, true);
    }

    BestPairs best() {
        return best;
    }

    PlainRedis plain() {
        return plain;
    }

    EngineSettings.Kind engine() {
        return engine;
    }

    /** Chunks for one load. */
    int chunks(Model at) {
        return settings.chunks() * (at.isFree() ? BenchmarkSettings.FASTER : 1);
    }

    /** Where the index is. */
    RedisSettings redis() {
        RedisOptions options = new RedisOptions();
        new CommandLine(options).parseArgs("--redis", stack.endpoints().redis().toString());
        return options.settings(CONNECTIONS);
    }

    /** What the jobs are told of it. */
    List<String> redisArguments(HnswSettings hnsw) {
        return List.of(
                "--redis", stack.endpoints().redis().toString(),
                "--index-engine", engine.toString(),
                "--quantization", hnsw.quantization().name());
    }

    String jar() {
        return jar;
    }

    /** Whether model server, Redis, Kafka and Flink are on this machine, and so share its cores. */
    boolean sharesCores() {
        Endpoints at = stack.endpoints();
        return List.of(
                        at.ollama(),
                        at.redis(),
                        at.flink(),
                        URI.create("kafka://" + at.kafka().split(",", -1)[0]))
                .stream()
                .allMatch(uri -> List.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost()));
    }

    /** Processor time that a part has taken; empty for one that was given. */
    Optional<Duration> processorTime(Part part) {
        return stack.processorTime(part);
    }

    /** The process id of a part; empty for one that was given. */
    Optional<Long> process(Part part) {
        return stack.process(part);
    }

    /**
     * Puts another TaskManager in the place of the stack's own, on which no job may be running.
     *
     * @param options of its JVM
     */
    void renewTaskManager(String... options) {
        stack.kill(Part.TASKMANAGER);
        flink.awaitNoTaskManager(TASKMANAGER_LIMIT);
        stack.restart(Part.TASKMANAGER, options);
    }

    /** Starts jobs on an empty index; whoever asks closes them. */
    Pipeline pipeline(Model at, HnswSettings hnsw, boolean answers) {
        Pipeline pipeline;
        synchronized (this) {
            if (current != null) {
                current.close();
            }
            pipeline = new Pipeline(this, run + "-" + pipelines++, at, hnsw);
            current = pipeline;
        }
        pipeline.start(answers);
        return pipeline;
    }

    void clearRedis() {
        plain.clear();
    }

    void deleteTopics(KafkaOptions kafka) {
        List<String> names = new ArrayList<>();
        kafka.topicSpecs().forEach(topic -> names.add(topic.name()));
        try (Admin admin = Admin.create(kafka.settings().clientProperties())) {
            admin.deleteTopics(names).all().get(ADMIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            events.line("topics are left over: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Measures on this bench. When this JVM is to end meanwhile it is interrupted, and what it has begun is closed before
     * anything of the stack is.
     */
    void run(Measurement measurement, Report.Section report) throws Exception {
        atRest.acquire();
        try {
            measurement.run(this, report);
        } finally {
            atRest.release();
        }
    }

    private void breakOff() {
        if (Thread.currentThread() == measuring) {
            return;
        }
        measuring.interrupt();
        try {
            if (!atRest.tryAcquire(BREAK_OFF_SECONDS, TimeUnit.SECONDS)) {
                events.line("what was being measured does not end; it may leave something behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopCurrent() {
        breakOff();
        Pipeline running;
        synchronized (this) {
            running = current;
        }
        if (running != null) {
            running.close();
        }
        try {
            flink.deleteJar(jar);
        } catch (StackException e) {
            // A cluster that does not answer has nothing left to delete.
        }
    }

    @Override
    public void close() {
        stack.close();
        if (freeServer != null) {
            freeServer.close();
        }
        plain.close();
    }
}
