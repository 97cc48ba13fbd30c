package dev.tarn.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void aKafkaThatDoesNotAnswerIsNamed() {
        Topics topics = new Topics(KafkaFixtures.NOWHERE, List.of(TopicSpec.documents("documents")), 1);

        assertThatThrownBy(() -> topics.prepare("group", null))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("127.0.0.1:9")
                .hasMessageContaining("--kafka");
    }
}
