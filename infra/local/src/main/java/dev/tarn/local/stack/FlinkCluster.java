package dev.tarn.local.stack;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A standalone Flink session cluster: a JobManager with its web UI, and a TaskManager. */
final class FlinkCluster implements Service {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String SESSION = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String APPLICATION =
            "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";
    private static final YAMLMapper YAML = new YAMLMapper();

    /** What Flink's own start scripts open, for serializers and closure cleaning. */
    private static final List<String> OPENED_PACKAGES =
            List.of("lang", "lang.reflect", "io", "net", "nio", "text", "time", "util", "util.concurrent");

    private final Children children;
    private final Installation installation;
    private final DataFolder folder;
    private final FlinkConfig config;
    private final Map<String, String> overrides;
    private final URI rest;
    private final int taskSlots;
    private ChildProcess jobManager;
    private ChildProcess taskManager;

    FlinkCluster(Children children, Installation installation, StackSettings settings, int restPort, int rpcPort) {
        this.children = children;
        this.installation = installation;
        this.folder = new DataFolder(settings.data());
        this.config = new FlinkConfig(folder, restPort, rpcPort, settings.parallelism(), settings.taskSlots());
        this.overrides = settings.flink();
        this.rest = URI.create("http://127.0.0.1:" + restPort);
        this.taskSlots = settings.taskSlots();
    }

    @Override
    public String name() {
        return "Flink";
    }

    @Override
    public String address() {
        return rest.toString();
    }

    @Override
    public String origin() {
        return "started";
    }

    @Override
    public void launch() {
        writeConfig();
        launchJobManager(List.of());
        taskManager = launchTaskManager(Part.TASKMANAGER, List.of());
    }

    private void launchJobManager(List<String> application) {
        String mainClass = application.isEmpty() ? SESSION : APPLICATION;
        jobManager = start(Part.JOBMANAGER, mainClass, config.jobManagerOptions(), application);
    }

    private ChildProcess launchTaskManager(Part part, List<String> further) {
        List<String> options = new ArrayList<>(config.taskManagerOptions());
        options.addAll(extraOptions());
        options.addAll(further);
        return start(part, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", options, List.of());
    }

    @Override
    public void awaitReady() {
        awaitJobManager();
        FlinkJobs jobs = new FlinkJobs(rest);
        taskManager.awaitReady(LIMIT, () -> jobs.freeSlots() == taskSlots);
    }

    /** What Flink's start scripts take for the TaskManager's JVM. */
    private List<String> extraOptions() {
        String options = overrides.getOrDefault("env.java.opts.taskmanager", "");
        return options.isBlank() ? List.of() : List.of(options.split(" ", -1));
    }

    private void awaitJobManager() {
        jobManager.awaitReady(LIMIT, () -> Probe.httpAnswers(Uris.under(rest, "overview")));
    }

    /**
     * Returns when the JobManager answers; a TaskManager registers by and by, and takes jobs then.
     *
     * @param arguments which job a JobManager runs, as Flink's standalone-job.sh takes them; without any it runs none. For a
     *     TaskManager, options of its JVM
     */
    @Override
    public void restart(Part part, List<String> arguments) {
        if (part == Part.JOBMANAGER) {
            launchJobManager(arguments);
            awaitJobManager();
        } else {
            launchTaskManager(part, arguments).awaitReady(LIMIT, () -> true);
        }
    }

    private ChildProcess start(Part part, String mainClass, List<String> memory, List<String> arguments) {
        List<String> options = new ArrayList<>(memory);
        OPENED_PACKAGES.forEach(name -> options.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED"));
        List<String> program = new ArrayList<>(List.of(mainClass, "--configDir", conf().toString()));
        program.addAll(arguments);
        return children.start(part, Jvm.command(folder, part.label(), installation.flinkClassPath(), options, program));
    }

    private void writeConfig() {
        try {
            DataFolder.delete(folder.flink().resolve("tmp"));
            for (Path each :
                    Stream.of("tmp", "uploads").map(folder.flink()::resolve).toList()) {
                Files.createDirectories(each);
            }
            Files.createDirectories(conf());
            Map<String, Object> all = config.settings();
            all.putAll(overrides);
            YAML.writeValue(conf().resolve("config.yaml").toFile(), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path conf() {
        return folder.flink().resolve("conf");
    }
}
