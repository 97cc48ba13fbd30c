package dev.tarn.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSpecTest {
    private static final TopicSpec DOCUMENTS = TopicSpec.documents("documents");
    private static final TopicSpec DEAD_LETTERS = TopicSpec.deadLetters("documents.dlq", "documents");
    private static final List<TopicSpec> ALL = List.of(
            DOCUMENTS,
            DEAD_LETTERS,
            TopicSpec.questions("questions"),
            TopicSpec.answers("answers"),
            TopicSpec.receipts("index-events"));

    @Test
    void theReplicationFactorIsTheBrokersToDecide() {
        assertThat(ALL)
                .allSatisfy(
                        spec -> assertThat(spec.create(6).replicationFactor()).isEqualTo((short) -1));
    }

    @Test
    void whatIsCreatedMeetsWhatIsDemanded() {
        assertThat(ALL)
                .allSatisfy(spec -> assertThat(spec.demands())
                        .isNotEmpty()
                        .allMatch(demand -> demand.isMetBy(spec.settings().get(demand.setting()))));
        assertThat(differences(Map.of("documents", DOCUMENTS.settings(), "documents.dlq", DEAD_LETTERS.settings())))
                .isEmpty();
    }

    @Test
    void deadLettersNeedRoomForTheLargestRecordOfTheirSourceAndForHeaders() {
        Map<String, String> large =
                Map.of("cleanup.policy", "compact", "delete.retention.ms", "-1", "max.message.bytes", "16777216");

        assertThat(differences(Map.of("documents", large, "documents.dlq", DEAD_LETTERS.settings())))
                .containsExactly("The topic documents.dlq has max.message.bytes=16777216, but must have at least"
                        + " 16842752. Run: kafka-configs.sh --bootstrap-server kafka:9092 --alter --entity-type topics"
                        + " --entity-name documents.dlq --add-config max.message.bytes=16842752");
    }

    @Test
    void deadLettersNeedRoomForWhatASmallRecordUnpacksTo() {
        Map<String, String> documents =
                Map.of("cleanup.policy", "compact", "delete.retention.ms", "-1", "max.message.bytes", "1048588");
        Map<String, String> deadLetters =
                Map.of("cleanup.policy", "delete", "retention.ms", "-1", "max.message.bytes", "2097152");

        for (Map<String, Map<String, String>> found : List.of(
                Map.of("documents", documents, "documents.dlq", deadLetters), Map.of("documents.dlq", deadLetters))) {
            assertThat(differences(found))
                    .singleElement()
                    .asString()
                    .contains("max.message.bytes=2097152, but must have at least 16777216");
        }
    }

    @Test
    void aTopicThatIsKeptForeverIsKeptLongEnough() {
        assertThat(Demand.atLeast("retention.ms", 86_400_000).isMetBy("-1")).isTrue();
        assertThat(Demand.atLeast("retention.ms", 86_400_000).isMetBy("86399999"))
                .isFalse();
    }

    private static List<String> differences(Map<String, Map<String, String>> found) {
        return new TopicCheck(found).differences(List.of(DOCUMENTS, DEAD_LETTERS), "kafka:9092");
    }
}
