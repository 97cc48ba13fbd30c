package dev.tarn.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private final Topics topics = new Topics(6);

    @Test
    void theDocumentsTopicKeepsTheLatestRecordOfEachKey() {
        NewTopic documents = topics.documents("documents");

        assertThat(documents.name()).isEqualTo("documents");
        assertThat(documents.numPartitions()).isEqualTo(6);
        assertThat(documents.configs())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("max.message.bytes", Integer.toString(Topics.MAX_DOCUMENT_BYTES));
    }

    @Test
    void theReplicationFactorIsTheBrokersToDecide() {
        assertThat(List.of(
                        topics.documents("d"), topics.conversation("c"), topics.receipts("r"), topics.deadLetters("x")))
                .allSatisfy(topic -> assertThat(topic.replicationFactor()).isEqualTo((short) -1));
    }

    @Test
    void conversationsAndReceiptsAreDeletedAfterATimeAndNeverCompacted() {
        assertThat(topics.conversation("questions").configs()).doesNotContainKey("cleanup.policy");
        assertThat(topics.receipts("index-events").configs()).isEqualTo(Map.of("retention.ms", "604800000"));
    }

    @Test
    void aDeadLetterHasRoomForTheLargestRecordAndItsHeaders() {
        Map<String, String> settings = topics.deadLetters("documents.dlq").configs();

        assertThat(Integer.parseInt(settings.get("max.message.bytes"))).isGreaterThan(Topics.MAX_DOCUMENT_BYTES);
        assertThat(settings).containsEntry("retention.ms", "7776000000").doesNotContainKey("cleanup.policy");
    }

    @Test
    void aKafkaThatDoesNotAnswerIsNamed() {
        assertThatThrownBy(() -> Topics.createMissing(KafkaFixtures.NOWHERE, List.of(topics.documents("documents"))))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("127.0.0.1:9")
                .hasMessageContaining("--kafka");
    }
}
