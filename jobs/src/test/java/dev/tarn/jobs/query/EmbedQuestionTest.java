package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.jobs.testing.FakeEmbedder;
import dev.tarn.question.AskedQuestion;
import dev.tarn.question.EmbeddedQuestion;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbedQuestionTest {
    private final FakeEmbedder embedder = new FakeEmbedder();
    private final EmbedQuestion embed = new EmbedQuestion(embedder);

    @Test
    void theQuestionAloneIsEmbedded() {
        AskedQuestion asked = Questions.asked(Questions.PLAIN);

        EmbeddedQuestion embedded = embed.apply(asked);

        assertThat(embedder.calls()).containsExactly(List.of("What feeds a tarn?"));
        assertThat(embedded.asked()).isSameAs(asked);
        assertThat(embedded.vector()).isEqualTo(FakeEmbedder.vector("What feeds a tarn?"));
        assertThat(embedded.embedMs()).isNotNegative();
    }
}
