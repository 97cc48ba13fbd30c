package dev.tarn.local;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.local.stack.Endpoints;
import dev.tarn.local.stack.PreferredPorts;
import dev.tarn.local.stack.StackSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a stack is made of: each part is given, or found, or started. */
final class StackOptions {
    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Use this Kafka instead of starting one.")
    String kafka;

    @Option(names = "--redis", paramLabel = "URL", description = "Use this Redis instead of starting one.")
    URI redis;

    @Option(
            names = "--ollama",
            paramLabel = "URL",
            description = "Use this Ollama; without it, one that answers on port 11434, else the stand-in.")
    URI ollama;

    @Option(
            names = "--flink",
            paramLabel = "URL",
            description = "Use the Flink cluster with this REST address instead of starting one.")
    URI flink;

    @Option(
            names = "--embedding-model",
            paramLabel = "NAME",
            defaultValue = "all-minilm",
            description = "The model that embeds.")
    String embeddingModel;

    @Option(
            names = "--chat-model",
            paramLabel = "NAME",
            description = "The model that answers; without it llama3.2, or extractive with the stand-in.")
    String chatModel;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            description = "The parallelism of each of the two jobs.")
    int parallelism;

    @Option(
            names = "--metrics-ports",
            paramLabel = "FIRST-LAST",
            arity = "0..1",
            fallbackValue = "9249-9250",
            description = "Let Prometheus scrape the started Flink at these ports, one for each of its processes"
                    + " (9249-9250 if none are named). They are open to the network.")
    String metricsPorts;

    /** What the ingest job is told beside this. */
    List<String> ingestArguments = List.of();

    /** What the query job is told beside this. */
    List<String> queryArguments = List.of();

    /** Task slots beside those that the two jobs take. */
    int spareSlots;

    /**
     * What to start, and what not.
     *
     * @throws Misconfiguration when an address carries a password, which a file and Flink's web UI would show
     */
    StackSettings settings(Path data, PreferredPorts ports) {
        if (redis != null && redis.toString().contains("@")) {
            throw new Misconfiguration("--redis must not carry a user or password. Set the environment variables"
                    + " TARN_REDIS_USER and TARN_REDIS_PASSWORD, which the jobs read.");
        }
        return new StackSettings(
                Folders.home(),
                data,
                new Endpoints(kafka, redis, ollama, flink),
                ports,
                parallelism,
                2 * parallelism + spareSlots,
                metricsReporter());
    }

    private Map<String, String> metricsReporter() {
        return metricsPorts == null
                ? Map.of()
                : Map.of(
                        "metrics.reporters", "prometheus",
                        "metrics.reporter.prometheus.factory.class",
                                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                        "metrics.reporter.prometheus.port", metricsPorts);
    }
}
