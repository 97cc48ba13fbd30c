package dev.tarn.local;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.jobs.options.OllamaOptions;
import dev.tarn.local.stack.Endpoints;
import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.Job;
import dev.tarn.local.stack.JobRun;
import dev.tarn.local.stack.OllamaStandIn;
import dev.tarn.local.stack.PreferredPorts;
import dev.tarn.local.stack.Stack;
import dev.tarn.local.stack.StackException;
import dev.tarn.local.standin.StandIn;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.ollama.OllamaGenerator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import picocli.CommandLine;

/** A stack with both jobs on it. */
final class LocalTarn implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration MODEL_LIMIT = Duration.ofMinutes(2);
    private static final String STAND_IN_MODEL = "extractive";
    private static final String OLLAMA_MODEL = "llama3.2";
    private static final List<String> JOBS = List.of("dev.tarn.jobs.ingest.IngestJob", "dev.tarn.jobs.query.QueryJob");

    private final Stack stack;
    private final String chatModel;
    private final boolean standIn;

    private LocalTarn(Stack stack, String chatModel, boolean standIn) {
        this.stack = stack;
        this.chatModel = chatModel;
        this.standIn = standIn;
    }

    /**
     * Starts what is missing, and the jobs.
     *
     * @param events is told what happens, a line each
     * @throws StackException when a part does not start; nothing is left running
     * @throws dev.tarn.failure.Misconfiguration when the model server does not have the models
     */
    static LocalTarn start(StackOptions options, Path data, PreferredPorts ports, Consumer<String> events) {
        AtomicBoolean standIn = new AtomicBoolean();
        Stack stack = Stack.start(
                options.settings(data, ports),
                port -> {
                    standIn.set(true);
                    StandIn server = StandIn.start(port);
                    return new OllamaStandIn(server.uri(), server);
                },
                events);
        try {
            String chatModel =
                    options.chatModel != null ? options.chatModel : standIn.get() ? STAND_IN_MODEL : OLLAMA_MODEL;
            CompletableFuture<Void> models = CompletableFuture.runAsync(
                    () -> requireModels(stack.endpoints(), options.embeddingModel, chatModel));
            submit(stack, options, chatModel, models, events);
            return new LocalTarn(stack, chatModel, standIn.get());
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private static void requireModels(Endpoints endpoints, String embeddingModel, String chatModel) {
        OllamaOptions ollama = new OllamaOptions();
        new CommandLine(ollama)
                .parseArgs("--ollama", endpoints.ollama().toString(), "--embedding-model", embeddingModel);
        try (OllamaEmbedder embedder = new OllamaEmbedder(ollama.model(embeddingModel, MODEL_LIMIT));
                OllamaGenerator generator = new OllamaGenerator(ollama.model(chatModel, MODEL_LIMIT), 1)) {
            embedder.describe();
            generator.check();
        }
    }

    /** The model server loads its models while Flink takes the jar. */
    private static void submit(
            Stack stack,
            StackOptions options,
            String chatModel,
            CompletableFuture<Void> models,
            Consumer<String> events) {
        Endpoints at = stack.endpoints();
        FlinkJobs flink = new FlinkJobs(at.flink());
        requireNoJobs(flink);
        String jar = flink.upload(Folders.jobsJar());
        List<String> common = List.of(
                "--kafka", at.kafka(),
                "--redis", at.redis().toString(),
                "--ollama", at.ollama().toString(),
                "--embedding-model", options.embeddingModel);
        await(models);
        List<String> ids = new CopyOnWriteArrayList<>();
        stack.beforeStop(() -> stopJobs(flink, ids));
        List<CompletableFuture<Void>> submissions = JOBS.stream()
                .map(job -> CompletableFuture.runAsync(() -> {
                    List<String> arguments = new ArrayList<>(common);
                    if (job.endsWith("QueryJob")) {
                        arguments.addAll(List.of("--chat-model", chatModel));
                        arguments.addAll(options.queryArguments);
                    } else {
                        arguments.addAll(options.ingestArguments);
                    }
                    ids.add(flink.run(jar, new JobRun(job, arguments, options.parallelism, null)));
                }))
                .toList();
        submissions.forEach(LocalTarn::await);
        flink.deleteJar(jar);
        for (String id : ids) {
            flink.awaitRunning(id, START_LIMIT);
        }
        events.accept("jobs " + String.join(", ", runningNames(flink)));
    }

    /** Two ingest jobs in one consumer group would share the documents between them. */
    private static void requireNoJobs(FlinkJobs flink) {
        List<String> running = runningNames(flink);
        if (running.contains("tarn-ingest") || running.contains("tarn-query")) {
            throw new StackException(
                    "the Flink cluster runs " + String.join(", ", running) + " already; cancel the jobs of Tarn first");
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static List<String> runningNames(FlinkJobs flink) {
        return flink.list().stream()
                .filter(job -> !job.ended())
                .map(Job::name)
                .sorted()
                .toList();
    }

    /** Lets what is under way come to its end, and commits how far the jobs have come: the next start goes on from there. */
    private static void stopJobs(FlinkJobs flink, List<String> ids) {
        ids.stream()
                .map(id -> CompletableFuture.runAsync(() -> stopJob(flink, id)))
                .toList()
                .forEach(LocalTarn::await);
    }

    private static void stopJob(FlinkJobs flink, String id) {
        try {
            flink.drain(id, STOP_LIMIT);
        } catch (StackException e) { // the next start reads some documents again, and questions under way are forgotten
            cancel(flink, id);
        }
    }

    private static void cancel(FlinkJobs flink, String id) {
        try {
            flink.cancel(id, STOP_LIMIT);
        } catch (StackException e) {
            // A cluster that does not answer has nothing left to stop.
        }
    }

    Endpoints endpoints() {
        return stack.endpoints();
    }

    /** The topics on this stack, with their usual names or those of the environment, in which the jobs are as well. */
    KafkaOptions kafkaOptions() {
        KafkaOptions kafka = new KafkaOptions();
        new CommandLine(kafka)
                .setDefaultValueProvider(new StackDefaults(Folders.data()))
                .parseArgs("--kafka", stack.endpoints().kafka());
        return kafka;
    }

    String chatModel() {
        return chatModel;
    }

    boolean answersByStandIn() {
        return standIn && chatModel.equals(STAND_IN_MODEL);
    }

    @Override
    public void close() {
        stack.close();
    }
}
