package dev.tarn.local;

import dev.tarn.jobs.kafka.KafkaSettings;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.jobs.options.OllamaOptions;
import dev.tarn.jobs.options.RedisOptions;
import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.Job;
import dev.tarn.local.topics.Lag;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.redis.RedisStatus;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tarn status}. */
@Command(
        name = "status",
        description = "Tell what runs where, how large the index is, and how far behind the jobs are.",
        mixinStandardHelpOptions = true)
final class Status implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private RedisOptions redis = new RedisOptions();

    @Mixin
    private OllamaOptions ollama = new OllamaOptions();

    @Option(
            names = "--flink",
            paramLabel = "URL",
            defaultValue = "http://localhost:8081",
            description = "The REST address of the Flink cluster.")
    private URI flink;

    @Option(
            names = "--groups",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "tarn-ingest,tarn-query",
            description = "The consumer groups of the jobs.")
    private List<String> groups;

    @Spec
    private CommandSpec spec;

    /** One line for each part; a part that does not answer is a line, too. */
    private interface Part {
        String describe() throws Exception;
    }

    @Override
    public Integer call() {
        boolean all = line("Kafka", kafka.bootstrapServers, () -> lag(kafka.settings()));
        all &= line("Flink", flink.toString(), this::jobs);
        all &= line("Redis", redis.uri.getScheme() + "://" + redis.uri.getAuthority(), this::index);
        all &= line("Ollama", ollama.uri.toString(), this::model);
        return all ? 0 : 1;
    }

    private boolean line(String name, String address, Part part) {
        PrintWriter out = spec.commandLine().getOut();
        String shown = address.replaceFirst("//.*@", "//"); // it may hold a password
        try {
            out.printf("%-7s %-28s %s%n", name, shown, part.describe());
            return true;
        } catch (Exception e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            out.printf("%-7s %-28s does not answer: %s%n", name, shown, reason);
            return false;
        } finally {
            out.flush();
        }
    }

    private String lag(KafkaSettings settings) throws Exception {
        Map<String, Long> lags = Lag.of(settings, groups);
        return groups.stream()
                .map(group -> lags.containsKey(group)
                        ? group + " is " + lags.get(group) + " records behind"
                        : group + " has committed nothing yet")
                .collect(Collectors.joining(", "));
    }

    private String jobs() {
        List<String> running = new FlinkJobs(flink)
                .list().stream()
                        .filter(job -> !job.ended())
                        .map(Status::describe)
                        .sorted()
                        .toList();
        return running.isEmpty() ? "no job runs" : String.join(", ", running);
    }

    private static String describe(Job job) {
        return job.name() + " " + job.state();
    }

    private String index() {
        RedisStatus status = RedisStatus.read(redis.settings(1));
        String made = status.spec() == null
                ? "no index yet"
                : status.spec().engine() + " of " + status.spec().embeddingModel() + ", "
                        + status.spec().dimension() + " dimensions";
        return String.format(
                "Redis %s, %d documents, %d chunks, %d vectors (%s)",
                status.version(),
                status.size().documents(),
                status.size().chunks(),
                status.size().vectors(),
                made);
    }

    private String model() {
        try (OllamaEmbedder embedder = new OllamaEmbedder(ollama.embedding())) {
            var model = embedder.describe();
            return model.name() + " embeds in " + model.dimension() + " dimensions";
        }
    }
}
