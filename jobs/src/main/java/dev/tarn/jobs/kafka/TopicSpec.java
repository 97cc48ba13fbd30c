package dev.tarn.jobs.kafka;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.DELETE_RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What a topic is for the job that uses it.
 *
 * @param name the topic
 * @param right what the job does with it: it reads it or writes it
 * @param settings what it is created with
 * @param source the topic whose records it must have room for, with headers added, or null
 * @param demands what has to hold of one that is there already
 */
public record TopicSpec(
        String name, AclOperation right, Map<String, String> settings, String source, List<Demand> demands) {
    /** The largest record of the documents topic, in bytes, where it is created here. */
    public static final int MAX_DOCUMENT_BYTES = 8 << 20;

    static final int MAX_RECORD_BYTES = 2 * MAX_DOCUMENT_BYTES;

    private static final int MAX_RECEIPT_BYTES = 1 << 20;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long WEEK = Duration.ofDays(7).toMillis();
    private static final long QUARTER = Duration.ofDays(90).toMillis();
    private static final List<Demand> KEPT_FOR_A_DAY = List.of(
            Demand.equalTo(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE), Demand.atLeast(RETENTION_MS_CONFIG, DAY));

    /** The latest record of each key is kept, and a delete for as long as a job may be down. */
    public static TopicSpec documents(String name) {
        return new TopicSpec(
                name,
                AclOperation.READ,
                Map.of(
                        CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT,
                        DELETE_RETENTION_MS_CONFIG, Long.toString(WEEK),
                        MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_DOCUMENT_BYTES)),
                null,
                List.of(
                        Demand.equalTo(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT),
                        Demand.atLeast(DELETE_RETENTION_MS_CONFIG, DAY)));
    }

    public static TopicSpec questions(String name) {
        return new TopicSpec(name, AclOperation.READ, kept(WEEK, MAX_DOCUMENT_BYTES), null, KEPT_FOR_A_DAY);
    }

    public static TopicSpec answers(String name) {
        return new TopicSpec(name, AclOperation.WRITE, kept(WEEK, MAX_DOCUMENT_BYTES), null, KEPT_FOR_A_DAY);
    }

    public static TopicSpec receipts(String name) {
        return new TopicSpec(name, AclOperation.WRITE, kept(WEEK, MAX_RECEIPT_BYTES), null, KEPT_FOR_A_DAY);
    }

    /** Dead letters of a source topic: its records as they came, and what went wrong as headers. */
    public static TopicSpec deadLetters(String name, String source) {
        return new TopicSpec(name, AclOperation.WRITE, kept(QUARTER, MAX_RECORD_BYTES), source, KEPT_FOR_A_DAY);
    }

    private static Map<String, String> kept(long forMs, int maxBytes) {
        return Map.of(
                CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE,
                RETENTION_MS_CONFIG, Long.toString(forMs),
                MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes));
    }

    /** As it is created; how often it is replicated is the broker's default. */
    NewTopic create(int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
    }
}
