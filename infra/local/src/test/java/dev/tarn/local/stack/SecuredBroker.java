package dev.tarn.local.stack;

import dev.tarn.testing.Certificates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;

/**
 * A real broker that is reached in two ways only: by SASL_SSL with SCRAM-SHA-512, and by mutual TLS. Nobody may do
 * anything without a rule but the broker itself, whose certificate is also that of the administrator.
 */
final class SecuredBroker {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final DataFolder folder;
    private final Certificates certificates;
    private final int sasl;
    private final int mutual;
    private final int controller;

    SecuredBroker(DataFolder folder, Certificates certificates, FreePorts ports) {
        this.folder = folder;
        this.certificates = certificates;
        sasl = ports.any();
        mutual = ports.any();
        controller = ports.any();
    }

    /** Where passwords are asked for. */
    String sasl() {
        return "localhost:" + sasl;
    }

    /** Where certificates are asked for. */
    String mutual() {
        return "localhost:" + mutual;
    }

    /** Starts it, and returns when it answers its administrator. */
    void start(Children children, Installation installation) throws IOException {
        Path settings = Files.createDirectories(folder.kafka()).resolve("server.properties");
        Properties properties = new Properties();
        properties.putAll(settings());
        try (OutputStream out = Files.newOutputStream(settings)) {
            properties.store(out, null);
        }
        String cluster = Uuid.randomUuid().toString();
        ChildProcess.start(
                        "broker-format",
                        java(
                                installation,
                                "kafka.tools.StorageTool",
                                "format",
                                "--standalone",
                                "--cluster-id",
                                cluster,
                                "--config",
                                settings.toString()),
                        folder.logs())
                .awaitSuccess(LIMIT);
        children.start(Part.BROKER, java(installation, "kafka.Kafka", settings.toString()))
                .awaitReady(LIMIT, () -> Probe.accepts("127.0.0.1", mutual) && answers());
    }

    private List<String> java(Installation installation, String... program) {
        return Jvm.command(
                folder,
                "broker",
                installation.kafkaClassPath(),
                List.of(Jvm.QUICK_START, "-Xmx256m"),
                List.of(program));
    }

    private boolean answers() {
        try (Admin admin = administrator(2_000)) {
            admin.describeCluster().nodes().get();
            return true;
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while the broker started", e);
        }
    }

    /** A client that may do everything. */
    Admin administrator() {
        return administrator(60_000);
    }

    private Admin administrator(int limitMs) {
        Map<String, Object> client = new HashMap<>(Map.of(
                "bootstrap.servers", mutual(), "request.timeout.ms", limitMs, "default.api.timeout.ms", limitMs));
        client.putAll(mutualTls(certificates.both("localhost")));
        return Admin.create(client);
    }

    /** Lets a user log in by password. */
    void admit(String user, String password) {
        try (Admin admin = administrator()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new StackException("the broker does not admit " + user, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while a user was admitted", e);
        }
    }

    /** What a client needs to show a certificate; this one holds key and chain. */
    Map<String, String> mutualTls(Path keyAndChain) {
        return Map.of(
                "security.protocol", "SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", certificates.ca().toString(),
                "ssl.keystore.type", "PEM",
                "ssl.keystore.location", keyAndChain.toString());
    }

    /** What a client needs to log in. */
    Map<String, String> scram(String user, String password) {
        return Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user
                                + "\" password=\"" + password + "\";",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", certificates.ca().toString());
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("node.id", "1"),
                Map.entry("process.roles", "broker,controller"),
                Map.entry(
                        "listeners",
                        "SASL_SSL://" + sasl() + ",SSL://" + mutual() + ",CONTROLLER://localhost:" + controller),
                Map.entry("advertised.listeners", "SASL_SSL://" + sasl() + ",SSL://" + mutual()),
                Map.entry("listener.security.protocol.map", "SASL_SSL:SASL_SSL,SSL:SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "SSL"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.bootstrap.servers", "localhost:" + controller),
                Map.entry("sasl.enabled.mechanisms", "SCRAM-SHA-512"),
                Map.entry(
                        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                Map.entry("listener.name.ssl.ssl.client.auth", "required"),
                Map.entry("ssl.keystore.type", "PEM"),
                Map.entry(
                        "ssl.keystore.location", certificates.both("localhost").toString()),
                Map.entry("ssl.truststore.type", "PEM"),
                Map.entry("ssl.truststore.location", certificates.ca().toString()),
                Map.entry("log.dirs", folder.kafka().resolve("log").toString()),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:CN=localhost;User:ANONYMOUS"), // the latter on the controller's port
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"));
    }
}
