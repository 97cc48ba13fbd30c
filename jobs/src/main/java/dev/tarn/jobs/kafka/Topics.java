package dev.tarn.jobs.kafka;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.Redacted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics in Kafka: created where they are missing, and checked where they are there. */
public final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final int ANSWER_WITHIN_MS = 20_000;

    private final KafkaSettings kafka;
    private final List<TopicSpec> specs;
    private final int partitions;

    /**
     * Names them.
     *
     * @param partitions how many a topic gets that is created
     */
    public Topics(KafkaSettings kafka, List<TopicSpec> specs, int partitions) {
        this.kafka = kafka;
        this.specs = specs;
        this.partitions = partitions;
    }

    /**
     * Creates those that don't exist, as far as this user may.
     *
     * @throws Misconfiguration when Kafka refuses, or can't be reached
     */
    public void createMissing() {
        ask(admin -> createMissing(admin)
                .forEach(topic -> LOG.warn(
                        "The topic {} is not there, or not shown to this Kafka user, who may not create it.", topic)));
    }

    /**
     * Checks those that exist, and creates those that don't. A topic whose settings Kafka does not show to this user is
     * not checked.
     *
     * @param group the consumer group that reads
     * @param transactionalIdPrefix what the ids of transactions begin with, or null for none
     * @throws Misconfiguration when one is not what a job needs, or this user lacks a right, and says what differs and how
     *     to mend it; when Kafka refuses, or can't be reached
     */
    public void prepare(String group, String transactionalIdPrefix) {
        ask(admin -> {
            checkRights(admin, group, transactionalIdPrefix);
            check(admin);
            require(createMissing(admin).stream()
                    .map(topic -> "The topic " + topic + " is not there. Create it, or: "
                            + Rights.missing(kafka.bootstrapServers(), AclOperation.CREATE, "topic", topic))
                    .toList());
        });
    }

    /**
     * The id that Kafka gave the topic when it was created.
     *
     * @throws Misconfiguration when Kafka does not know the topic, or refuses, or can't be reached
     */
    public static String generation(KafkaSettings kafka, String topic) {
        try (Admin admin = Admin.create(asMap(kafka))) {
            return DescribedTopic.ask(admin, topic).generation();
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new Misconfiguration("Kafka at " + kafka.bootstrapServers() + " has no topic " + topic
                        + ", or does not show it to this user. Check its name, and the user's rights.");
            }
            throw refusal(kafka, "can't describe the topic " + topic, e.getCause());
        } catch (KafkaException e) {
            throw badSettings(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Misconfiguration("interrupted while describing a topic", e);
        }
    }

    private interface Question {
        void to(Admin admin) throws ExecutionException, InterruptedException;
    }

    private void ask(Question question) {
        try (Admin admin = Admin.create(asMap(kafka))) {
            question.to(admin);
        } catch (ExecutionException e) {
            throw refusal(kafka, "can't create the topics", e.getCause());
        } catch (KafkaException e) {
            throw badSettings(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Misconfiguration("interrupted while creating topics", e);
        }
    }

    private static Misconfiguration refusal(KafkaSettings kafka, String what, Throwable failure) {
        String broker = "Kafka at " + kafka.bootstrapServers();
        if (failure instanceof AuthenticationException || failure instanceof AuthorizationException) {
            // Without a cause, for Flink's REST API shows the innermost message only.
            return new Misconfiguration(broker + " denies access ("
                    + failure.getClass().getSimpleName() + "). Check --kafka-config-file, and the user's rights.");
        }
        boolean isSilent =
                failure instanceof TimeoutException || failure instanceof java.util.concurrent.TimeoutException;
        return new Misconfiguration(
                broker + (isSilent ? " does not answer. Check --kafka." : " " + what + ": " + failure.getMessage()),
                failure);
    }

    private static Misconfiguration badSettings(KafkaException e) {
        return new Misconfiguration(
                "Kafka's clients can't be made with these settings. Check --kafka-config and --kafka-config-file.",
                Redacted.of(e));
    }

    private void checkRights(Admin admin, String group, String transactionalIdPrefix)
            throws ExecutionException, InterruptedException {
        Rights rights = new Rights(admin, kafka.bootstrapServers());
        rights.ofTopics(specs);
        rights.ofGroup(group);
        if (transactionalIdPrefix != null) {
            rights.ofTransactions(transactionalIdPrefix);
        }
        require(rights.missing());
    }

    private void check(Admin admin) throws ExecutionException, InterruptedException {
        require(new TopicCheck(settingsOfExisting(admin)).differences(specs, kafka.bootstrapServers()));
    }

    private static void require(List<String> differences) {
        if (!differences.isEmpty()) {
            throw new Misconfiguration(String.join("\n", differences));
        }
    }

    private Map<String, Map<String, String>> settingsOfExisting(Admin admin)
            throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        List<ConfigResource> resources = specs.stream()
                .map(TopicSpec::name)
                .filter(existing::contains)
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> settings = new HashMap<>();
        for (var described : admin.describeConfigs(resources).values().entrySet()) {
            try {
                settings.put(
                        described.getKey().name(),
                        described.getValue().get().entries().stream()
                                .filter(entry -> entry.value() != null)
                                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof AuthorizationException)) {
                    throw e;
                }
                LOG.warn(
                        "The topic {} is not checked: this Kafka user lacks the right DescribeConfigs.",
                        described.getKey().name());
            }
        }
        return settings;
    }

    /** Returns those that this user may not create. */
    private List<String> createMissing(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        List<String> refused = new ArrayList<>();
        for (TopicSpec spec : specs) {
            if (!existing.contains(spec.name()) && !create(admin, spec.create(partitions))) {
                refused.add(spec.name());
            }
        }
        return refused;
    }

    private static boolean create(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        return true;
    }

    private static Map<String, Object> asMap(KafkaSettings kafka) {
        Map<String, Object> properties = new HashMap<>();
        kafka.clientProperties().forEach((key, value) -> properties.put((String) key, value));
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        return properties;
    }
}
