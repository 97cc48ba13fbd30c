package dev.tarn.local.torture;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.local.stack.Endpoints;
import dev.tarn.local.stack.OllamaStandIn;
import dev.tarn.local.stack.Part;
import dev.tarn.local.stack.PreferredPorts;
import dev.tarn.local.stack.Stack;
import dev.tarn.local.stack.StackException;
import dev.tarn.local.stack.StackSettings;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.redis.HnswSettings;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import dev.tarn.redis.RedisSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import redis.clients.jedis.exceptions.JedisException;

/** A stack of real processes with the ingest job on it, a workload, a watcher, and the checks of what became of it all. */
public final class Testbed implements AutoCloseable {
    static final String DOCUMENTS = "documents";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration REPLAY_PAUSE = Duration.ofSeconds(2);
    private static final Duration CHECK_PAUSE = Duration.ofMillis(200);
    private static final ChunkingSettings CHUNKING =
            new ChunkingSettings(Prose.CHUNK_TOKENS, 0, ChunkingSettings.DEFAULT.maxChunks());

    /** A cluster that notices and comes back at once, so that much can fail in little time. */
    private static final Map<String, String> QUICK = Map.ofEntries(
            Map.entry("env.java.opts.taskmanager", "-XX:TieredStopAtLevel=1"),
            Map.entry("heartbeat.interval", "500 ms"),
            Map.entry("heartbeat.timeout", "3 s"),
            Map.entry("restart-strategy.exponential-delay.initial-backoff", "200 ms"),
            Map.entry("restart-strategy.exponential-delay.max-backoff", "1 s"),
            Map.entry("execution.checkpointing.interval", "500 ms"),
            Map.entry("execution.checkpointing.min-pause", "200 ms"),
            Map.entry("cluster.registration.max-timeout", "1 s"),
            Map.entry("cluster.registration.error-delay", "500 ms"),
            Map.entry("cluster.registration.refused-registration-delay", "500 ms"));

    private final Stack stack;
    private final ModelServer model;
    private final RedisPair redis;
    private final Commands commands;
    private final IngestRun ingest;
    private final Workload workload;
    private final Watcher watcher;
    private final Topics topics;

    private Testbed(TestbedSettings settings, Stack stack, ModelServer model, Commands commands) {
        this.stack = stack;
        this.model = model;
        this.commands = commands;
        redis = new RedisPair(stack);
        Endpoints at = stack.endpoints();
        ingest = new IngestRun(
                at.flink(),
                settings.jobsJar(),
                stack.data(Part.JOBMANAGER).resolve("checkpoints"),
                arguments(),
                settings.parallelism());
        ingest.submit();
        ingest.awaitRunning();
        History history = new History();
        workload = new Workload(at.kafka(), DOCUMENTS, settings.seed(), history);
        watcher = new Watcher(redis.uri(), this::openIndex, history, settings.seed());
        topics = new Topics(at.kafka());
        watcher.start();
    }

    /**
     * Starts all of it and returns when the job runs.
     *
     * @param events is told, in a line each, what became ready and what ended
     * @throws StackException if a part does not start; nothing is left running
     */
    public static Testbed start(TestbedSettings settings, Commands commands, Consumer<String> events) {
        ModelServer model = new ModelServer();
        StackSettings servers = StackSettings.of(settings.home())
                .withData(settings.data())
                .withPorts(PreferredPorts.ANY)
                .withGiven(new Endpoints(null, null, model.uri(), null))
                .withTaskSlots(settings.taskSlots())
                .withFlink(QUICK);
        Stack stack = Stack.start(servers, Testbed::noStandIn, events);
        try {
            return new Testbed(settings, stack, model, commands);
        } catch (RuntimeException e) {
            stack.close();
            model.close();
            throw e;
        }
    }

    private static OllamaStandIn noStandIn(int port) {
        throw new IllegalStateException("the model server is given");
    }

    /** Of the ingest job. */
    List<String> arguments() {
        return List.of(
                "--kafka",
                stack.endpoints().kafka(),
                "--kafka-config",
                "partition.discovery.interval.ms=1000",
                "--redis",
                redis.uri().toString(),
                "--redis-timeout",
                "PT2S",
                "--ollama",
                model.uri().toString(),
                "--embedding-model",
                ModelServer.MODEL,
                "--embed-timeout",
                "PT1S",
                "--chunk-size",
                Integer.toString(Prose.CHUNK_TOKENS),
                "--chunk-overlap",
                "0");
    }

    private RedisIndex openIndex() {
        EmbeddingModelInfo made = new EmbeddingModelInfo(ModelServer.TAGGED, ModelServer.DIGEST, ModelServer.DIMENSION);
        return RedisIndex.openForReading(
                RedisSettings.of(redis.uri()), new IndexSettings(made, CHUNKING, HnswSettings.DEFAULT));
    }

    Stack stack() {
        return stack;
    }

    ModelServer model() {
        return model;
    }

    RedisPair redis() {
        return redis;
    }

    IngestRun ingest() {
        return ingest;
    }

    Workload workload() {
        return workload;
    }

    Watcher watcher() {
        return watcher;
    }

    Topics topics() {
        return topics;
    }

    /** Sets what is done before anything stops, on close and on the end of this JVM alike. */
    void beforeStop(Runnable action) {
        stack.beforeStop(action);
    }

    /** A JobManager without high availability comes back without its jobs. */
    void restartJobManager() {
        stack.restart(Part.JOBMANAGER);
        Wait.until(PATIENCE, "the broker listens", this::brokerListens);
        ingest.submit();
    }

    /** The job can't be submitted without its topics, and takes its time to say so. */
    private boolean brokerListens() {
        URI kafka = URI.create("kafka://" + stack.endpoints().kafka());
        try (Socket socket = new Socket(kafka.getHost(), kafka.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Waits until the index equals its topic by the independent check.
     *
     * @param replays whether to send dead letters back, too, for their causes are gone
     * @return what still differs when the limit has passed; empty when nothing does
     */
    List<String> settle(Duration limit, boolean replays) {
        long deadline = System.nanoTime() + limit.toNanos();
        long nextReplay = System.nanoTime();
        try (IndependentCheck check = new IndependentCheck(stack.endpoints().kafka(), DOCUMENTS, redis.uri())) {
            while (true) {
                List<String> differences = differences(check);
                if (differences.isEmpty() || System.nanoTime() - deadline > 0) {
                    return differences;
                }
                if (replays && System.nanoTime() - nextReplay > 0) {
                    replayDeadLetters();
                    nextReplay = System.nanoTime() + REPLAY_PAUSE.toNanos();
                }
                Wait.pause(CHECK_PAUSE);
            }
        }
    }

    private static List<String> differences(IndependentCheck check) {
        try {
            return check.differences();
        } catch (KafkaException | JedisException e) {
            return List.of("the check can't read: " + e.getMessage());
        }
    }

    /** Sends back the dead letters that were not sent back before. */
    Commands.Result replayDeadLetters() {
        return run("dead-letters", "--replay");
    }

    /** Runs a command on this test bed. */
    Commands.Result run(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--kafka", stack.endpoints().kafka()));
        return commands.run(arguments);
    }

    /** Lets `tarn verify` compare; exit code 0 means that it found nothing. */
    Commands.Result verify() {
        return run("verify", "--redis", redis.uri().toString());
    }

    /** Lets `tarn verify` mend what it finds. What the index loses so, no reader is to miss. */
    Commands.Result repair() {
        Commands.Result[] repaired = new Commands.Result[1];
        watcher.forgetDuring(() -> repaired[0] = run(
                "verify",
                "--repair",
                "--redis",
                redis.uri().toString(),
                "--ollama",
                model.uri().toString(),
                "--embedding-model",
                ModelServer.MODEL));
        return repaired[0];
    }

    @Override
    public void close() {
        workload.close();
        watcher.close();
        topics.close();
        redis.close();
        stack.close();
        model.close();
    }
}
