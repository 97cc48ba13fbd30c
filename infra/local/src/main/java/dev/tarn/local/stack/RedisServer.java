package dev.tarn.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Redis that writes every change to its append-only file, and to the disk every second. */
final class RedisServer implements Service {

    /** The first start may download the server. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Children children;
    private final Installation installation;
    private final Part part;
    private final Path folder;
    private final int port;
    private ChildProcess process;

    /** @param folder of its data */
    RedisServer(Children children, Installation installation, Part part, Path folder, int port) {
        this.children = children;
        this.installation = installation;
        this.part = part;
        this.folder = folder;
        this.port = port;
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public String address() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public String origin() {
        return "started";
    }

    @Override
    public void launch() {
        launch(List.of());
    }

    private void launch(List<String> arguments) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(command());
        command.addAll(arguments);
        process = children.start(part, command);
    }

    @Override
    public void awaitReady() {
        process.awaitReady(LIMIT, () -> Probe.redisAnswers("127.0.0.1", port));
    }

    @Override
    public void restart(Part killed, List<String> arguments) {
        launch(arguments);
        awaitReady();
    }

    private List<String> command() {
        return List.of(
                installation.redisServer().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "");
    }
}
