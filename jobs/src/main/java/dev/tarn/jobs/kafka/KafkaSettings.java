package dev.tarn.jobs.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;

/**
 * Where Kafka is, and how to speak to it.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param properties client settings, which may hold secrets
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> properties) implements Serializable {

    /** The settings of every client. */
    public Properties clientProperties() {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("bootstrap.servers", bootstrapServers);
        return all;
    }

    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + "]";
    }
}
