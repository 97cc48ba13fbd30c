package dev.tarn.jobs.kafka;

import dev.tarn.failure.Misconfiguration;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics' settings, and their creation where they are missing. */
public final class Topics {
    /** The largest record of the documents topic, in bytes. A dead letter is a little larger than its record. */
    public static final int MAX_DOCUMENT_BYTES = 8 << 20;

    static final int MAX_RECORD_BYTES = 2 * MAX_DOCUMENT_BYTES;

    private static final Duration RECEIPTS_KEPT = Duration.ofDays(7);
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(90);

    private static final int ANSWER_WITHIN_MS = 20_000;

    private final int partitions;

    public Topics(int partitions) {
        this.partitions = partitions;
    }

    /** A documents topic: the latest record of each key is kept. */
    public NewTopic documents(String name) {
        return topic(
                name,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(MAX_DOCUMENT_BYTES)));
    }

    /** A topic of questions or answers. */
    public NewTopic conversation(String name) {
        return topic(name, Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_DOCUMENT_BYTES)));
    }

    public NewTopic receipts(String name) {
        return topic(name, Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(RECEIPTS_KEPT.toMillis())));
    }

    public NewTopic deadLetters(String name) {
        return topic(
                name,
                Map.of(
                        TopicConfig.RETENTION_MS_CONFIG, Long.toString(DEAD_LETTERS_KEPT.toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_RECORD_BYTES)));
    }

    private NewTopic topic(String name, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
    }

    /**
     * Creates those that don't exist.
     *
     * @throws Misconfiguration when Kafka refuses, or can't be reached
     */
    public static void createMissing(KafkaSettings kafka, List<NewTopic> topics) {
        try (Admin admin = Admin.create(new HashMap<>(asMap(kafka)))) {
            Set<String> existing = admin.listTopics().names().get();
            for (NewTopic topic : topics) {
                if (!existing.contains(topic.name())) {
                    create(admin, topic);
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthenticationException || e.getCause() instanceof AuthorizationException) {
                throw new Misconfiguration("Kafka at " + kafka.bootstrapServers() + " denies access ("
                        + e.getCause().getClass().getSimpleName() + "). Check --kafka-config-file.");
            }
            throw new Misconfiguration(
                    e.getCause() instanceof TimeoutException
                            ? "Kafka does not answer at " + kafka.bootstrapServers() + ". Check --kafka."
                            : "Kafka at " + kafka.bootstrapServers() + " can't create the topics: "
                                    + e.getCause().getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Misconfiguration("interrupted while creating topics", e);
        }
    }

    /**
     * The id that Kafka gave the topic when it was created.
     *
     * @throws IllegalStateException when Kafka does not describe the topic
     */
    public static String generation(KafkaSettings kafka, String topic) {
        try (Admin admin = Admin.create(asMap(kafka))) {
            return DescribedTopic.ask(admin, topic).generation();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while describing a topic", e);
        }
    }

    private static void create(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static Map<String, Object> asMap(KafkaSettings kafka) {
        Map<String, Object> properties = new HashMap<>();
        kafka.clientProperties().forEach((key, value) -> properties.put((String) key, value));
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        return properties;
    }
}
