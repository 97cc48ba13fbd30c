package dev.tarn.local.stack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Stacks as the tests start them: on free ports, with {@link FakeServer} for the parts that a test does not need. */
final class Stacks {

    /** A cluster that starts and comes back soon. */
    static final Map<String, String> QUICK = Map.of(
            "env.java.opts.taskmanager",
            Jvm.QUICK_START,
            "restart-strategy.exponential-delay.initial-backoff",
            "100 ms");

    private Stacks() {}

    static StackSettings settings(Path data) {
        return StackSettings.of(Path.of(System.getProperty("tarn.home")))
                .withData(data)
                .withPorts(PreferredPorts.ANY)
                .withFlink(QUICK);
    }

    static Stack start(StackSettings settings) {
        return Stack.start(settings, Stacks::standIn, event -> {});
    }

    static OllamaStandIn standIn(int port) {
        FakeServer server = new FakeServer();
        return new OllamaStandIn(server.http(), server);
    }

    static Set<ProcessHandle> childProcesses() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }
}
