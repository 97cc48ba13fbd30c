package dev.tarn.local.stack;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** A system that the user runs. It is only asked whether it answers. */
record GivenService(String name, String address, BooleanSupplier answers) implements Service {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static GivenService kafka(String bootstrap) {
        return new GivenService(
                "Kafka",
                bootstrap,
                () -> Arrays.stream(bootstrap.split(",", -1))
                        .map(server -> URI.create("kafka://" + server.trim()))
                        .anyMatch(server -> Probe.accepts(server.getHost(), server.getPort())));
    }

    static GivenService redis(URI uri) {
        int port = uri.getPort() == -1 ? 6379 : uri.getPort();
        return new GivenService("Redis", uri.toString(), () -> Probe.accepts(uri.getHost(), port));
    }

    static GivenService flink(URI rest) {
        return new GivenService("Flink", rest.toString(), () -> Probe.httpAnswers(Uris.under(rest, "overview")));
    }

    static GivenService ollama(URI uri) {
        return new GivenService("Ollama", uri.toString(), () -> Probe.httpAnswers(Uris.under(uri, "api/version")));
    }

    @Override
    public String origin() {
        return "given";
    }

    @Override
    public void launch() {}

    @Override
    public void awaitReady() {
        if (!Polling.until(PATIENCE, answers)) {
            throw new StackException(name + " does not answer at " + Uris.withoutUserInfo(address));
        }
    }
}
