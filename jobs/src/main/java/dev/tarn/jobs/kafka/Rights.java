package dev.tarn.jobs.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the Kafka user of a job may do, as Kafka tells it. Where Kafka does not tell, the user is taken to be allowed. */
final class Rights {
    private static final Logger LOG = LoggerFactory.getLogger(Rights.class);

    private final Admin admin;
    private final String bootstrapServers;
    private final List<String> missing = new ArrayList<>();

    Rights(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
    }

    /** What is missing, and how to give it, a line for each; empty when nothing is. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /** Asks for the topics that are there. */
    void ofTopics(List<TopicSpec> specs) throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        TopicCollection.ofTopicNames(
                                specs.stream().map(TopicSpec::name).toList()),
                        new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (TopicSpec spec : specs) {
            try {
                Set<AclOperation> allowed = described.get(spec.name()).get().authorizedOperations();
                if (denies(allowed, spec.right())) {
                    add(spec.right(), "topic", spec.name());
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    add(spec.right(), "topic", spec.name());
                } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
    }

    /** Asks for a consumer group, which need not be there. */
    void ofGroup(String group) throws InterruptedException {
        try {
            Set<AclOperation> allowed = admin.describeConsumerGroups(
                            List.of(group), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                    .describedGroups()
                    .get(group)
                    .get()
                    .authorizedOperations();
            if (denies(allowed, AclOperation.READ)) {
                add(AclOperation.READ, "group", group);
            }
        } catch (ExecutionException e) {
            note(e, AclOperation.READ, "group", group);
        }
    }

    /** Asks for the ids of transactions that begin with this; none need be there. */
    void ofTransactions(String prefix) throws InterruptedException {
        String first = prefix + "-0-1";
        try {
            admin.describeTransactions(List.of(first)).description(first).get();
        } catch (ExecutionException e) {
            note(e, AclOperation.WRITE, "transactional-id", prefix);
        }
    }

    /** A refusal is a right that is missing; any other answer, such as that there is no such thing, tells of no right. */
    private void note(ExecutionException answer, AclOperation right, String kind, String name) {
        if (answer.getCause() instanceof AuthorizationException) {
            add(right, kind, name);
        } else {
            LOG.debug("Kafka does not tell the rights on the {} {}", kind, name, answer);
        }
    }

    /** Who could describe a thing has that right at least; a set without it is that of a server that does not tell. */
    private static boolean denies(Set<AclOperation> allowed, AclOperation right) {
        return allowed != null && allowed.contains(AclOperation.DESCRIBE) && !allowed.contains(right);
    }

    private void add(AclOperation right, String kind, String name) {
        missing.add(missing(bootstrapServers, right, kind, name));
    }

    /** Says that a right is missing, and how to give it. */
    static String missing(String bootstrapServers, AclOperation right, String kind, String name) {
        String pattern = kind.equals("transactional-id") ? " --resource-pattern-type prefixed" : "";
        return "The Kafka user lacks the right " + right + " on the " + kind + " " + name
                + ". Run: kafka-acls.sh --bootstrap-server " + bootstrapServers + " --add --allow-principal User:NAME"
                + " --operation " + word(right) + " --" + kind + " " + name + pattern;
    }

    private static String word(AclOperation right) {
        String name = right.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
