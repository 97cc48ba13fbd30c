package dev.tarn.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Flink as it is downloaded, used by its own scripts, with a configuration of its own: on free loopback ports, and writing
 * to one folder.
 */
final class FlinkDistribution implements AutoCloseable {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path home;
    private final Path folder;
    private final URI rest;

    /**
     * Writes the configuration, and starts nothing.
     *
     * @param home of Flink; nothing in it is changed
     * @param folder where it writes
     */
    FlinkDistribution(Path home, Path folder, int taskSlots) throws IOException {
        this.home = home;
        this.folder = folder;
        FreePorts ports = new FreePorts();
        int port = ports.any();
        rest = URI.create("http://127.0.0.1:" + port);
        Files.createDirectories(conf());
        try (Stream<Path> files = Files.list(home.resolve("conf"))) {
            for (Path file : files.toList()) {
                Files.copy(file, conf().resolve(file.getFileName()));
            }
        }
        ObjectNode settings = YAML.createObjectNode();
        settings.set(
                "env", YAML.readTree(home.resolve("conf/config.yaml").toFile()).get("env"));
        DataFolder data = new DataFolder(folder);
        new FlinkConfig(data, port, ports.any(), 1, taskSlots).settings().forEach(settings::putPOJO);
        for (Path each :
                List.of(data.logs(), data.flink().resolve("tmp"), data.flink().resolve("uploads"))) {
            Files.createDirectories(each);
        }
        settings.put("user.artifacts.base-dir", folder.resolve("artifacts").toString());
        YAML.writeValue(conf().resolve("config.yaml").toFile(), settings);
    }

    URI rest() {
        return rest;
    }

    /** Runs a command line in the repository, with the scripts on the path, to its end, and returns what it printed. */
    String run(String commandLine) throws IOException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-ec", commandLine).redirectErrorStream(true);
        shell.directory(new File(System.getProperty("tarn.home")));
        Map<String, String> environment = shell.environment();
        environment.put("PATH", home.resolve("bin") + File.pathSeparator + environment.get("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("FLINK_CONF_DIR", conf().toString());
        environment.put("FLINK_LOG_DIR", new DataFolder(folder).logs().toString());
        environment.put("FLINK_PID_DIR", pids().toString());
        Process process = shell.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.onExit().join().exitValue())
                .as("%s: %s", commandLine, printed)
                .isZero();
        return printed;
    }

    /** The servers that its scripts have started, and not stopped. */
    List<ProcessHandle> servers() throws IOException {
        if (!Files.isDirectory(pids())) {
            return List.of();
        }
        List<ProcessHandle> alive = new ArrayList<>();
        try (Stream<Path> files = Files.list(pids())) {
            for (Path file : files.toList()) {
                Files.readAllLines(file).stream()
                        .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
                        .flatMap(Optional::stream)
                        .filter(ProcessHandle::isAlive)
                        .forEach(alive::add);
            }
        }
        return alive;
    }

    private Path conf() {
        return folder.resolve("conf");
    }

    private Path pids() {
        return folder.resolve("pids");
    }

    /** Ends what still runs, at once. */
    @Override
    public void close() throws IOException {
        for (ProcessHandle server : servers()) {
            server.destroyForcibly();
            server.onExit().join();
        }
    }
}
