package dev.tarn.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The outside systems of one machine, ready to use: what was given is used, what was not is started, and stops when the
 * stack is closed or this JVM ends. What the servers keep is there again for the next stack on the same folder.
 */
public final class Stack implements AutoCloseable {

    private final StackSettings settings;
    private final Consumer<String> events;
    private final FreePorts ports = new FreePorts();
    private final DataFolder folder;
    private final Claim claim;
    private final Children children;
    private final Ollama ollama;
    private final Thread hook = new Thread(this::stopAll, "stop-stack");
    private final Map<Part, Service> services = new EnumMap<>(Part.class);
    private Endpoints endpoints;
    private boolean stopped;
    private volatile Runnable beforeStop = () -> {};

    private Stack(StackSettings settings, OllamaStandIn.Starter standIn, Consumer<String> events) {
        this.settings = settings;
        this.events = events;
        this.folder = new DataFolder(settings.data());
        this.claim = Claim.of(folder, events);
        this.children = new Children(folder, events);
        this.ollama = new Ollama(Ollama.USUAL, standIn, ports.any());
    }

    /**
     * Starts a stack and returns when all of it answers.
     *
     * @param standIn starts what stands in for Ollama, if it is needed
     * @param events is told, in a line each, what became ready and what ended; from several threads
     * @throws StackException if a part does not start, or another stack uses the folder; nothing is left running
     */
    public static Stack start(StackSettings settings, OllamaStandIn.Starter standIn, Consumer<String> events) {
        Stack stack = new Stack(settings, standIn, events);
        try {
            stack.startAll();
            return stack;
        } catch (Throwable e) {
            stack.close();
            throw e;
        }
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /** Ends a process that the stack has started at once, as a crash would, and returns when it is gone. */
    public void kill(Part part) {
        children.kill(part);
    }

    /**
     * Starts a process that was killed again, with the ports and the data that it had, and returns when it answers. A
     * JobManager has no job then; a TaskManager takes jobs as soon as it has registered.
     *
     * @param arguments for the server, beside those that it always gets: Redis takes any, a JobManager, which with them runs
     *     in application mode, and a TaskManager, as options of its JVM
     * @throws StackException if it does not become ready
     */
    public void restart(Part part, String... arguments) {
        services.get(part).restart(part, List.of(arguments));
    }

    /** The id of a process that the stack has started; empty where it has not, or where it has ended. */
    public Optional<Long> process(Part part) {
        return children.running(part).map(ProcessHandle::pid);
    }

    /** Processor time that such a process and those below it have taken since they began. */
    public Optional<Duration> processorTime(Part part) {
        return children.running(part).map(Stack::processorTime);
    }

    private static Duration processorTime(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Where a part answers while it runs; a Redis as a URI. */
    public String address(Part part) {
        return services.get(part).address();
    }

    /** Where a part keeps its data. Who changes what lies there kills the part first. */
    public Path data(Part part) {
        return folder.of(part);
    }

    /** Sets what is done, on close and on the end of this JVM alike, while all of the stack still answers. */
    public void beforeStop(Runnable action) {
        beforeStop = action;
    }

    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs, and finds nothing left to stop.
        }
    }

    private void startAll() {
        Runtime.getRuntime().addShutdownHook(hook);
        Service redis = redis();
        Service kafka = kafka();
        Service flink = flink();
        Service model = settings.given().ollama() == null
                ? ollama
                : GivenService.ollama(settings.given().ollama());
        services.put(Part.REDIS, redis);
        services.put(
                Part.SPARE_REDIS,
                new RedisServer(children, installation(), Part.SPARE_REDIS, folder.spareRedis(), ports.any()));
        services.put(Part.BROKER, kafka);
        services.put(Part.JOBMANAGER, flink);
        services.put(Part.TASKMANAGER, flink);
        services.put(Part.SPARE_TASKMANAGER, flink);
        List<Service> started = List.of(redis, kafka, flink, model);
        events.accept("starting; the logs are in " + folder.logs());
        started.forEach(Service::launch);
        started.forEach(this::awaitReady);
        endpoints = new Endpoints(
                kafka.address(), URI.create(redis.address()), URI.create(model.address()), URI.create(flink.address()));
        folder.write(endpoints);
    }

    private Service redis() {
        URI given = settings.given().redis();
        return given == null
                ? new RedisServer(
                        children,
                        installation(),
                        Part.REDIS,
                        folder.redis(),
                        ports.preferably(settings.ports().redis()))
                : GivenService.redis(given);
    }

    private Service kafka() {
        String given = settings.given().kafka();
        return given == null
                ? new Broker(
                        children,
                        installation(),
                        folder,
                        ports.preferably(settings.ports().kafka()),
                        ports.any())
                : GivenService.kafka(given);
    }

    private Service flink() {
        URI given = settings.given().flink();
        return given == null
                ? new FlinkCluster(
                        children,
                        installation(),
                        settings,
                        ports.preferably(settings.ports().flink()),
                        ports.any())
                : GivenService.flink(given);
    }

    private Installation installation() {
        return new Installation(settings.home());
    }

    private void awaitReady(Service service) {
        service.awaitReady();
        events.accept(service.name() + " " + Uris.withoutUserInfo(service.address()) + " (" + service.origin() + ")");
    }

    private synchronized void stopAll() {
        if (stopped) {
            return;
        }
        stopped = true;
        // Closed from the right: the processes first, the folder's claim last.
        try (claim;
                ollama;
                children) {
            folder.forgetEndpoints();
            beforeStop.run();
        }
    }
}
