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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;

/**
 * Broker, Flink cluster, Redis and model server, each behind TLS and each with passwords of its own, which are random:
 * where one of them turns up, it was shown.
 */
final class SecuredStack implements AutoCloseable {
    /** Of Kafka, by password; {@code CN=client} is another, by certificate. */
    private static final List<String> USERS = List.of(
            "tarn-ingest",
            "tarn-publish",
            "tarn-delete",
            "tarn-ask",
            "tarn-answers",
            "tarn-verify",
            "tarn-evaluate",
            "tarn-status",
            "tarn-dead-letters",
            "tarn-replay",
            "lacking");

    private static final Map<String, String> KEY_PASSWORD = Map.of(
            "config.providers", "env",
            "config.providers.env.class", EnvVarConfigProvider.class.getName(),
            "ssl.key.password", "${env:KAFKA_KEY_PASSWORD}");

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
        children = new Children(
                folder,
                event -> {},
                Map.of(
                        "TARN_REDIS_PASSWORD", secret("tarn-query"),
                        "TARN_OLLAMA_API_KEY", secret("ollama"),
                        "KAFKA_KEY_PASSWORD", secret("key")));
        FreePorts ports = new FreePorts();
        Installation installation = new Installation(settings.home());
        flink = new FlinkCluster(children, installation, settings.withFlink(flinkSettings()), ports.any(), ports.any());
        flink.launch();
        broker = new SecuredBroker(folder, certificates, ports);
        broker.start(children, installation);
        redis = RedisServer.startSecured(
                certificates,
                RedisUsers.with(Map.of(
                        "tarn-ingest", secret("tarn-ingest"),
                        "tarn-query", secret("tarn-query"),
                        "tarn-verify", secret("tarn-verify"),
                        "tarn-repair", secret("tarn-repair"))),
                "optional");
        ollama = FakeOllama.start(certificates.server());
        ollama.requireKey(secret("ollama"));
        for (String user : USERS) {
            broker.admit(user, secret("kafka-" + user));
            write(user + ".properties", broker.scram(user, secret("kafka-" + user)));
        }
        write("wrong.properties", broker.scram(USERS.get(0), secret("wrong")));
        write("administrator.properties", broker.mutualTls(certificates.both("localhost")));
        write("client.properties", broker.mutualTls(certificates.bothEncrypted("client", secret("key"))), KEY_PASSWORD);
        flink.awaitReady();
    }

    private static Map<String, String> flinkSettings() {
        Map<String, String> all = new HashMap<>(Stacks.QUICK);
        all.put("execution.checkpointing.interval", "1 s");
        all.put("blob.offload.minsize", "1");
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

    @SafeVarargs
    private void write(String name, Map<String, String>... settings) throws IOException {
        Properties properties = new Properties();
        for (Map<String, String> each : settings) {
            properties.putAll(each);
        }
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

    /** Options for Kafka by password, which is in a file. */
    List<String> kafka(String user) {
        return List.of("--kafka", broker.sasl(), "--kafka-config-file", mounted(user + ".properties"));
    }

    /** Options for Kafka by certificate, the password of whose key is in a variable. */
    List<String> kafkaByCertificate() {
        return List.of("--kafka", broker.mutual(), "--kafka-config-file", mounted("client.properties"));
    }

    List<String> kafkaAsAdministrator() {
        return List.of("--kafka", broker.mutual(), "--kafka-config-file", mounted("administrator.properties"));
    }

    Admin kafkaAdministrator() {
        return broker.administrator();
    }

    /** Options for Redis whose password is in a file. */
    List<String> redis(String user, String password) {
        List<String> options = new ArrayList<>(redis(user));
        options.addAll(List.of("--redis-password-file", mounted(password)));
        return options;
    }

    /** Options for Redis whose password is in a variable. */
    List<String> redis(String user) {
        return List.of(
                "--redis", redis.uri().toString(),
                "--redis-user", user,
                "--redis-ca-file", certificates.ca().toString());
    }

    /** Options for the model server whose key is in a file. */
    List<String> ollama(String key) {
        List<String> options = new ArrayList<>(ollama());
        options.addAll(List.of("--ollama-api-key-file", mounted(key)));
        return options;
    }

    /** Options for the model server whose key is in a variable. */
    List<String> ollama() {
        return List.of(
                "--ollama", ollama.uri().toString(),
                "--ollama-ca-file", certificates.ca().toString());
    }

    private String mounted(String name) {
        return mounted.resolve(name).toString();
    }

    URI flink() {
        return URI.create(flink.address());
    }

    /** What the servers have written: logs, checkpoints, savepoints, and the job graphs that the JobManager keeps. */
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
