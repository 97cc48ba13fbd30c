package dev.tarn.local.stack;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

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
        List<Service> services = List.of(redis, kafka, flink, model);
        events.accept("starting; the logs are in " + folder.logs());
        services.forEach(Service::launch);
        services.forEach(this::awaitReady);
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
                        folder,
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
