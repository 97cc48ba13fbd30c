package dev.tarn.local.topics;

import dev.tarn.jobs.kafka.KafkaSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far consumer groups are behind, by what they have committed: the jobs commit with each checkpoint. */
public final class Lag {
    private static final long LIMIT_SECONDS = 12;

    /** Sooner than the limit, for then Kafka's client says what did not answer. */
    private static final int API_MS = 10_000;

    private Lag() {}

    /**
     * Group to records that it has not committed; a group that never committed is left out.
     *
     * @throws TimeoutException when Kafka does not answer
     */
    public static Map<String, Long> of(KafkaSettings kafka, List<String> groups)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Long> lags = new TreeMap<>();
        Properties properties = new Properties();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_MS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, API_MS);
        properties.putAll(kafka.clientProperties());
        try (Admin admin = Admin.create(properties)) {
            for (String group : groups) {
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
                Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
                committed.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
                Map<TopicPartition, ListOffsetsResultInfo> ends =
                        admin.listOffsets(latest).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
                long behind = 0;
                for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : committed.entrySet()) {
                    if (entry.getValue() != null) {
                        behind += ends.get(entry.getKey()).offset()
                                - entry.getValue().offset();
                    }
                }
                if (!committed.isEmpty()) {
                    lags.put(group, behind);
                }
            }
        }
        return lags;
    }
}
