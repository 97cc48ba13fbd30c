package dev.tarn.local.stack;

import dev.tarn.testing.Certificates;
import dev.tarn.testing.FakeOllama;
import dev.tarn.testing.RedisServer;
import dev.tarn.testing.RedisUsers;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * Broker, Flink cluster, Redis and model server, each behind TLS and each with passwords of its own, which are random:
 * where one of them turns up, it was shown.
 */
final class SecuredStack implements AutoCloseable {
    private static final String USER = "tarn";

    private final Path mounted;
    private final DataFolder folder;
    private final Map<String, String> secrets = new HashMap<>();
    private final Certificates certificates;
    private final Children children;
    private final SecuredBroker broker;
    private final RedisServer redis;
    private final FakeOllama ollama;
    private final FlinkCluster flink;

    /** @param root where the servers write, and what is mounted lies; the latter is no part of what they write */
    SecuredStack(Path root) throws IOException {
        mounted = Files.createDirectories(root.resolve("mounted"));
        StackSettings settings = Stacks.settings(root.resolve("data"));
        folder = new DataFolder(settings.data());
        Files.createDirectories(folder.logs());
        certificates = Certificates.in(mounted);
        children = new Children(folder, event -> {});
        FreePorts ports = new FreePorts();
        Installation installation = new Installation(settings.home());
        flink = new FlinkCluster(children, installation, settings.withFlink(flinkSettings()), ports.any(), ports.any());
        flink.launch();
        broker = new SecuredBroker(folder, certificates, ports);
        broker.start(children, installation, USER, secret("kafka"));
        redis = RedisServer.startSecured(
                certificates,
                RedisUsers.with(Map.of(
                        "tarn-ingest", secret("tarn-ingest"),
                        "tarn-query", secret("tarn-query"),
                        "tarn-repair", secret("tarn-repair"))),
                "optional");
        ollama = FakeOllama.start(certificates.server());
        ollama.requireKey(secret("ollama"));
        write("scram.properties", broker.scram(USER, secret("kafka")));
        write("wrong-scram.properties", broker.scram(USER, secret("wrong")));
        write("mutual.properties", broker.mutualTls());
        flink.awaitReady();
    }

    private static Map<String, String> flinkSettings() {
        Map<String, String> all = new HashMap<>(Stacks.QUICK);
        all.put("execution.checkpointing.interval", "1 s");
        return all;
    }

    /** A random secret, the same for each name, and mounted under that name. */
    private String secret(String name) throws IOException {
        if (!secrets.containsKey(name)) {
            secrets.put(name, UUID.randomUUID().toString());
            Files.writeString(mounted.resolve(name), secrets.get(name) + "\n");
        }
        return secrets.get(name);
    }

    private void write(String name, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer out = Files.newBufferedWriter(mounted.resolve(name))) {
            properties.store(out, null);
        }
    }

    /** Passwords, the bearer token, and a line of each private key. */
    List<String> secrets() throws IOException {
        List<String> all = new ArrayList<>(secrets.values());
        for (String name : List.of("client", "localhost")) {
            all.add(Files.readAllLines(certificates.key(name)).get(1));
        }
        return all;
    }

    /** Options for Kafka by password. */
    List<String> kafka(String properties) {
        return List.of("--kafka", broker.sasl(), "--kafka-config-file", mounted(properties));
    }

    /** Options for Kafka by certificate. */
    List<String> kafkaByCertificate() {
        return List.of("--kafka", broker.mutual(), "--kafka-config-file", mounted("mutual.properties"));
    }

    List<String> redis(String user, String password) {
        return List.of(
                "--redis", redis.uri().toString(),
                "--redis-user", user,
                "--redis-password-file", mounted(password),
                "--redis-ca-file", certificates.ca().toString());
    }

    List<String> ollama(String key) {
        return List.of(
                "--ollama", ollama.uri().toString(),
                "--ollama-api-key-file", mounted(key),
                "--ollama-ca-file", certificates.ca().toString());
    }

    private String mounted(String name) {
        return mounted.resolve(name).toString();
    }

    URI flink() {
        return URI.create(flink.address());
    }

    /** What the servers have written, logs and checkpoints among it. */
    Collection<Path> written() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path part : List.of(folder.logs(), folder.flink())) {
            try (var all = Files.walk(part)) {
                all.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".jar"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    @Override
    public void close() {
        children.close();
        ollama.close();
        redis.close();
    }
}
