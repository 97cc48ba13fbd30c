package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.jobs.kafka.KafkaEnds.Delivery;
import dev.tarn.jobs.options.JobOptions;
import dev.tarn.jobs.options.OptionDescription;
import dev.tarn.retrieval.Mode;
import dev.tarn.retrieval.RetrievalSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryOptionsTest {

    @Test
    void whatIsSetArrives() {
        QueryOptions options = parsed(
                "--query-group=g",
                "--embedding-model=e",
                "--chat-model=c",
                "--chat-timeout=PT9S",
                "--chat-context=100",
                "--top-k=7",
                "--min-score=-0.5",
                "--retrieval=Dense",
                "--retrieval-candidates=50",
                "--near-copies=1",
                "--diversity=0.25",
                "--neighbours=1",
                "--max-question-length=8",
                "--query-concurrency=2",
                "--answer-concurrency=3",
                "--answers-delivery=Exactly-Once");

        QuerySettings settings = options.settings();

        assertThat(options.group).isEqualTo("g");
        assertThat(options.answersDelivery).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(settings.embeddingModel().model()).isEqualTo("e");
        assertThat(settings.chatModel().model()).isEqualTo("c");
        assertThat(settings.chatModel().timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(settings.answers().contextTokens()).isEqualTo(100);
        assertThat(settings.topK()).isEqualTo(7);
        assertThat(settings.minScore()).isEqualTo(-0.5);
        assertThat(settings.retrieval()).isEqualTo(new RetrievalSettings(Mode.DENSE, 50, 1, 0.25, 1));
        assertThat(settings.parser().maxQuestionLength()).isEqualTo(8);
        assertThat(settings.embed().concurrency()).isEqualTo(2);
        assertThat(settings.retrieve().concurrency()).isEqualTo(2);
        assertThat(settings.redis().connections()).isEqualTo(2);
        assertThat(settings.answer().concurrency()).isEqualTo(3);
    }

    @Test
    void passagesAreChosenAsTheEvaluationShowsToBeBest() {
        assertThat(parsed().settings().retrieval()).isEqualTo(RetrievalSettings.DEFAULT);
    }

    /** The threshold at which every question is refused is one that {@code tarn evaluate} prints. */
    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.35, 1.05, 1.3})
    void anyEvidenceThatThereCanBeIsAThreshold(double evidence) {
        assertThat(parsed("--min-evidence=" + evidence).settings().answers().minEvidence())
                .isEqualTo(evidence);
    }

    @Test
    void answersAreOutAtOnceUnlessAskedOtherwise() {
        assertThat(parsed().answersDelivery).isEqualTo(Delivery.AT_LEAST_ONCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--top-k=0",
                "--top-k=101",
                "--min-score=1.5",
                "--min-score=NaN",
                "--min-score=near",
                "--retrieval=sparse",
                "--retrieval-candidates=0",
                "--min-evidence=1.31",
                "--min-evidence=-1.1",
                "--near-copies=0.4",
                "--near-copies=1.1",
                "--diversity=1.1",
                "--diversity=NaN",
                "--neighbours=-1",
                "--chat-timeout=PT0S",
                "--chat-context=0",
                "--max-question-length=0",
                "--query-concurrency=0",
                "--answer-concurrency=0",
                "--answers-delivery=at-most-once",
                "--chunk-size=100"
            })
    void aValueThatCannotWorkIsRefusedBeforeTheJobStarts(String argument) {
        assertThatThrownBy(() -> parsed(argument).settings())
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining(argument.substring(0, argument.indexOf('=')));
    }

    @Test
    void theHelpTellsEveryOptionWithWhatItIsFor() {
        StringWriter help = new StringWriter();

        JobOptions.parse(new QueryOptions(Map.of()), Map.of(), new PrintWriter(help), "--help");

        assertThat(QueryJob.options())
                .extracting(OptionDescription::name)
                .contains("--kafka", "--redis", "--ollama", "--top-k", "--config")
                .doesNotHaveDuplicates();
        assertThat(QueryJob.options()).allSatisfy(option -> {
            assertThat(help.toString()).contains(option.name());
            assertThat(option.description()).isNotBlank();
        });
    }

    private static QueryOptions parsed(String... arguments) {
        return JobOptions.parse(new QueryOptions(Map.of()), Map.of(), new PrintWriter(new StringWriter()), arguments)
                .orElseThrow();
    }
}
