package dev.tarn.jobs.kafka;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.Redacted;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * The settings of Kafka clients that may hold secrets. In the job's graph stands a reference to the file instead, which
 * each client resolves when it is made: Kafka's own configuration providers.
 *
 * @see <a href="https://kafka.apache.org/documentation/#config_providers">Configuration providers</a>
 */
public final class ClientSecrets {
    private static final String PROVIDERS = "config.providers";
    private static final String PROVIDER = "tarn";
    private static final Pattern LIKE_A_SECRET =
            Pattern.compile("password|secret|token|credential|jaas|key", Pattern.CASE_INSENSITIVE);

    /** What the connector reads before a client is made; spelled out, for the tarn command has no connector. */
    private static final Set<String> OF_FLINK = Set.of(
            "client.id.prefix",
            "partition.discovery.interval.ms",
            "register.consumer.metrics",
            "commit.offsets.on.checkpoint");

    private ClientSecrets() {}

    /**
     * The settings in a properties file: those that Kafka knows to be no secret as they are, all others as references.
     *
     * @throws Misconfiguration when the file can't be read
     */
    public static Map<String, String> inFile(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException e) { // the latter from a malformed escape
            throw new Misconfiguration("--kafka-config-file: the file " + file + " can't be read", Redacted.of(e));
        }
        if (file.toString().matches(".*[:}].*")) {
            throw new Misconfiguration("--kafka-config-file: the path " + file + " has a colon or a brace; rename it");
        }
        Map<String, String> written = new HashMap<>();
        read.stringPropertyNames().forEach(key -> written.put(key, read.getProperty(key)));
        Map<String, String> settings = new HashMap<>();
        written.forEach((key, value) -> settings.put(
                key, mayTravel(key, value, written) ? value : "${" + PROVIDER + ":" + file + ":" + key + "}"));
        settings.merge(PROVIDERS, PROVIDER, (theirs, ours) -> theirs + "," + ours);
        settings.put(PROVIDERS + "." + PROVIDER + ".class", FileConfigProvider.class.getName());
        return settings;
    }

    /** Whether a setting holds a secret: Kafka calls it a password, or does not know it and it is named like one. */
    public static boolean isSecret(String key, String value, Map<String, String> settings) {
        ConfigDef.Type type = type(key);
        boolean named = type == null ? LIKE_A_SECRET.matcher(key).find() : type == ConfigDef.Type.PASSWORD;
        return named && !isReference(value, settings);
    }

    private static boolean mayTravel(String key, String value, Map<String, String> settings) {
        ConfigDef.Type type = type(key);
        return key.startsWith(PROVIDERS)
                || OF_FLINK.contains(key)
                || type != null && type != ConfigDef.Type.PASSWORD
                || isReference(value, settings);
    }

    /** Whether the value refers to one of the providers that the settings themselves name. */
    private static boolean isReference(String value, Map<String, String> settings) {
        return Arrays.stream(settings.getOrDefault(PROVIDERS, "").split(",", -1))
                .map(String::strip)
                .anyMatch(provider -> !provider.isEmpty() && value.contains("${" + provider + ":"));
    }

    private static ConfigDef.Type type(String key) {
        return Stream.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())
                .map(definition -> definition.configKeys().get(key))
                .filter(known -> known != null)
                .map(known -> known.type)
                .findFirst()
                .orElse(null);
    }
}
