package dev.tarn.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.security.Tls;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/**
 * A real Redis ≥ 8 on a free loopback port: one for a test class. It writes nothing to disk by itself; an outage is
 * {@link #stop()} and {@link #restart()}, which keeps the data. Where the server comes from is the business of {@code
 * infra/redis/redis-server}, which may download it once.
 */
public final class RedisServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int OUTPUT_LINES = 40;

    private final Path script = Path.of(System.getProperty("tarn.home", ".."), "infra", "redis", "redis-server");
    private final Path folder;
    private final int port;
    private final List<String> options;
    private final SocketFactory sockets;
    private final Deque<String> output = new ArrayDeque<>();
    private Process process;

    private RedisServer(Path folder, int port, List<String> options, SocketFactory sockets) {
        this.folder = folder;
        this.port = port;
        this.options = options;
        this.sockets = sockets;
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @throws IllegalStateException with the last lines of its output, if it does not start
     */
    public static RedisServer start() {
        return start(List.of());
    }

    /** Starts a server that can join a cluster. */
    static RedisServer startClusterNode() {
        return start(List.of(
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                Integer.toString(Ports.free()),
                "--cluster-node-timeout",
                "2000"));
    }

    private static RedisServer start(List<String> options) {
        try {
            RedisServer server = new RedisServer(
                    Files.createTempDirectory("tarn-redis"), Ports.free(), options, SocketFactory.getDefault());
            server.launch();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a server that speaks TLS only, and knows these users only.
     *
     * @param users an ACL file
     * @param clients whether it asks for a client certificate: {@code yes}, {@code no} or {@code optional}
     */
    public static RedisServer startSecured(Certificates certificates, String users, String clients) {
        try {
            Path folder = Files.createTempDirectory("tarn-redis");
            int port = Ports.free();
            List<String> options = new ArrayList<>(List.of("--port", "0", "--tls-port", Integer.toString(port)));
            Map<String, Path> files = Map.of(
                    "--tls-cert-file", certificates.certificate("localhost"),
                    "--tls-key-file", certificates.key("localhost"),
                    "--tls-ca-cert-file", certificates.ca());
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Path copy = folder.resolve(file.getValue().getFileName());
                Collections.addAll(
                        options,
                        file.getKey(),
                        Files.copy(file.getValue(), copy).toString());
            }
            Path acl = Files.writeString(folder.resolve("users.acl"), users);
            Collections.addAll(options, "--tls-auth-clients", clients, "--aclfile", acl.toString());
            Tls tls = new Tls(
                    certificates.ca().toString(),
                    certificates.certificate("client").toString(),
                    certificates.key("client").toString());
            RedisServer server =
                    new RedisServer(folder, port, options, tls.context().getSocketFactory());
            server.launch();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Where the nodes of a cluster speak with each other. */
    int busPort() {
        return Integer.parseInt(options.get(options.indexOf("--cluster-port") + 1));
    }

    public URI uri() {
        return URI.create((options.contains("--tls-port") ? "rediss" : "redis") + "://127.0.0.1:" + port);
    }

    /** Ends the server as an outage does: connections break, the port refuses, the data comes back with {@link #restart()}. */
    public void stop() {
        request("SHUTDOWN SAVE");
        awaitExit();
    }

    /** Ends the server as {@code kill -9} does: what it held is gone. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Starts the stopped server again, at the same port and with its data. */
    public void restart() {
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        awaitExit();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        Map.of("port", Integer.toString(port), "bind", "127.0.0.1", "dir", folder.toString(), "save", "")
                .forEach((name, value) -> Collections.addAll(command, "--" + name, value));
        command.addAll(options);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader reader = process.inputReader(UTF_8);
        Thread drain = new Thread(() -> drain(reader), "redis-output");
        drain.setDaemon(true);
        drain.start();
        awaitAnswer();
    }

    private void awaitAnswer() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!isAnswer(request("PING"))) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("redis-server did not start on port " + port + ":\n" + lastOutput());
            }
            pause();
        }
    }

    private static boolean isAnswer(String reply) {
        return reply.startsWith("+PONG") || reply.startsWith("-NOAUTH");
    }

    /** Sends an inline command and returns the first line of the reply; nothing if there is none. */
    private String request(String command) {
        try (Socket socket = sockets.createSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
            String reply = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
            return reply == null ? "" : reply;
        } catch (IOException e) {
            return "";
        }
    }

    private void awaitExit() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void drain(BufferedReader reader) {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                remember(line);
            }
        } catch (IOException e) {
            remember(e.toString());
        }
    }

    private void remember(String line) {
        synchronized (output) {
            output.addLast(line);
            if (output.size() > OUTPUT_LINES) {
                output.removeFirst();
            }
        }
    }

    private String lastOutput() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while redis-server started", e);
        }
    }
}
