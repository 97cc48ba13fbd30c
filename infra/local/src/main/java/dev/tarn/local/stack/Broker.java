package dev.tarn.local.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** One Kafka node that is broker and controller, with its log in the data folder. */
final class Broker implements Service {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** With a small young generation garbage is collected oftener, but no record waits for it for long. */
    private static final List<String> JVM_OPTIONS = List.of(Jvm.QUICK_START, "-Xmx256m", "-Xmn16m");

    private final Children children;
    private final Installation installation;
    private final DataFolder folder;
    private final int port;
    private final int controllerPort;
    private ChildProcess process;

    Broker(Children children, Installation installation, DataFolder folder, int port, int controllerPort) {
        this.children = children;
        this.installation = installation;
        this.folder = folder;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public String origin() {
        return "started";
    }

    @Override
    public void launch() {
        Path settings = writeSettings();
        if (!Files.exists(log().resolve("meta.properties"))) {
            format(settings);
        }
        process = children.start(Part.BROKER, java("broker", "kafka.Kafka", settings.toString()));
    }

    @Override
    public void awaitReady() {
        process.awaitReady(LIMIT, () -> Probe.accepts("127.0.0.1", port) && hasNode());
    }

    @Override
    public void restart(Part part, List<String> arguments) {
        launch();
        awaitReady();
    }

    private void format(Path settings) {
        ChildProcess.start(
                        "broker-format",
                        java(
                                "broker-format",
                                "kafka.tools.StorageTool",
                                "format",
                                "--standalone",
                                "--ignore-formatted",
                                "--cluster-id",
                                Uuid.randomUuid().toString(),
                                "--config",
                                settings.toString()),
                        folder.logs())
                .awaitSuccess(LIMIT);
    }

    private List<String> java(String name, String... program) {
        return Jvm.command(folder, name, installation.kafkaClassPath(), JVM_OPTIONS, List.of(program));
    }

    private Path writeSettings() {
        Properties settings = new Properties();
        settings.putAll(settings());
        Path file = folder.kafka().resolve("server.properties");
        try {
            Files.createDirectories(folder.kafka());
            try (OutputStream out = Files.newOutputStream(file)) {
                settings.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("node.id", "1"),
                Map.entry("process.roles", "broker,controller"),
                Map.entry("listeners", "PLAINTEXT://" + address() + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://" + address()),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort),
                Map.entry("log.dirs", log().toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // Half of the heap otherwise.
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
                // After a kill the broker comes back only when the session of its former self has ended.
                Map.entry("broker.session.timeout.ms", "2000"),
                Map.entry("broker.heartbeat.interval.ms", "400"));
    }

    private Path log() {
        return folder.kafka().resolve("log");
    }

    /** True once the broker has registered with the controller, so that topics can be made. */
    private boolean hasNode() {
        Map<String, Object> client = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2_000);
        try (Admin admin = Admin.create(client)) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while the broker started", e);
        }
    }
}
