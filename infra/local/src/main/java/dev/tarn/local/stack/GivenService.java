package dev.tarn.local.stack;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A system that the user runs. It is only asked whether it answers. */
record GivenService(String name, String address, BooleanSupplier answers) implements Service {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int REDIS_PORT = 6379;

    static GivenService kafka(String bootstrap) {
        List<String> servers =
                Arrays.stream(bootstrap.split(",", -1)).map(String::strip).toList();
        if (!servers.stream().allMatch(server -> server.matches(".+:\\d{1,5}"))) {
            throw new StackException("Kafka's address is host:port, or several with commas between, not " + bootstrap);
        }
        return new GivenService("Kafka", bootstrap, () -> servers.stream().anyMatch(GivenService::accepts));
    }

    static GivenService redis(URI uri) {
        List<String> nodes = nodes(uri);
        return new GivenService("Redis", uri.toString(), () -> nodes.stream().anyMatch(GivenService::accepts));
    }

    /** One server, or nodes of a cluster with commas between them, which {@link URI} does not take apart. */
    private static List<String> nodes(URI uri) {
        String authority = String.valueOf(uri.getAuthority());
        List<String> hosts = Arrays.asList(
                authority.substring(authority.lastIndexOf('@') + 1).split(",", -1));
        if (uri.getAuthority() == null
                || !hosts.stream().allMatch(host -> host.matches("(\\[[^]]+]|[^:]+)(:\\d{1,5})?"))) {
            throw new StackException(
                    "Redis's address is redis://host:port, not " + Uris.withoutUserInfo(uri.toString()));
        }
        return hosts.stream()
                .map(host -> host.matches(".*:\\d{1,5}") ? host : host + ":" + REDIS_PORT)
                .toList();
    }

    static GivenService flink(URI rest) {
        requireHost("Flink", rest, "http://host:port");
        return new GivenService("Flink", rest.toString(), () -> Probe.httpAnswers(Uris.under(rest, "overview")));
    }

    static GivenService ollama(URI uri) {
        requireHost("Ollama", uri, "http://host:port");
        return new GivenService("Ollama", uri.toString(), () -> Probe.httpReplies(Uris.under(uri, "api/version")));
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

    @Override
    public void restart(Part part, List<String> arguments) {
        throw new IllegalStateException(name + " was given, so the stack has no process of it");
    }

    private static boolean accepts(String server) {
        int colon = server.lastIndexOf(':');
        return Probe.accepts(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
    }

    private static void requireHost(String name, URI uri, String form) {
        if (uri.getHost() == null) {
            throw new StackException(name + "'s address is " + form + ", not " + Uris.withoutUserInfo(uri.toString()));
        }
    }
}
