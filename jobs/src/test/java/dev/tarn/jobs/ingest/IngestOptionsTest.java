package dev.tarn.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.jobs.options.JobOptions;
import dev.tarn.jobs.options.OptionDescription;
import dev.tarn.redis.EngineSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestOptionsTest {

    @Test
    void theDefaultsAreThoseOfTheSettingsThemselves() {
        IngestSettings settings = parsed().settings();

        assertThat(settings.chunking()).isEqualTo(ChunkingSettings.DEFAULT);
        assertThat(settings.engine()).isEqualTo(EngineSettings.DEFAULT);
        assertThat(settings.embeddingModel().model()).isEqualTo("all-minilm");
    }

    @Test
    void whatIsSetArrives() {
        IngestOptions options = parsed(
                "--ingest-group=g",
                "--chunk-size=100",
                "--chunk-overlap=0",
                "--max-chunks=7",
                "--max-text-length=8",
                "--max-record-bytes=11",
                "--embed-batch-size=9",
                "--embed-concurrency=2",
                "--embedding-cache=0",
                "--index-concurrency=3");

        IngestSettings settings = options.settings();

        assertThat(options.group).isEqualTo("g");
        assertThat(settings.chunking()).isEqualTo(new ChunkingSettings(100, 0, 7));
        assertThat(settings.parser().maxTextLength()).isEqualTo(8);
        assertThat(settings.parser().maxRecordBytes()).isEqualTo(11);
        assertThat(settings.embedBatchSize()).isEqualTo(9);
        assertThat(settings.embedConcurrency()).isEqualTo(2);
        assertThat(settings.embeddingCache()).isZero();
        assertThat(settings.embed().concurrency()).isEqualTo(2 * 9);
        assertThat(settings.index().concurrency()).isEqualTo(3);
    }

    /** They share round trips. */
    @Test
    void documentsThatAreUnderWayNeedNoConnectionEach() {
        assertThat(parsed("--index-concurrency=111").settings().redis().connections())
                .isEqualTo(parsed().settings().redis().connections());
    }

    @Test
    void asManyDocumentsAreUnderWayAsFillTheCallsOfTheModelButNotMoreThanThreadsAreGood() {
        assertThat(parsed().settings().embed().concurrency()).isEqualTo(4 * 32);
        assertThat(parsed("--embed-concurrency=1000", "--embed-batch-size=1000000000")
                        .settings()
                        .embed()
                        .concurrency())
                .isEqualTo(256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--chunk-size=0",
                "--chunk-size=15",
                "--chunk-overlap=-1",
                "--chunk-overlap=200",
                "--max-chunks=0",
                "--max-text-length=0",
                "--max-record-bytes=0",
                "--embed-batch-size=0",
                "--embed-concurrency=0",
                "--embedding-cache=-1",
                "--index-concurrency=-4",
                "--chat-model=of-the-other-job"
            })
    void aValueThatCannotWorkIsRefusedBeforeTheJobStarts(String argument) {
        assertThatThrownBy(() -> parsed(argument).settings())
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining(argument.substring(0, argument.indexOf('=')));
    }

    @Test
    void theHelpTellsEveryOptionWithWhatItIsFor() {
        StringWriter help = new StringWriter();

        JobOptions.parse(new IngestOptions(Map.of()), Map.of(), new PrintWriter(help), "--help");

        assertThat(IngestJob.options())
                .extracting(OptionDescription::name)
                .contains("--kafka", "--redis", "--ollama", "--chunk-size", "--config")
                .doesNotHaveDuplicates();
        assertThat(IngestJob.options()).allSatisfy(option -> {
            assertThat(help.toString()).contains(option.name());
            assertThat(option.description()).isNotBlank();
        });
    }

    private static IngestOptions parsed(String... arguments) {
        return JobOptions.parse(new IngestOptions(Map.of()), Map.of(), new PrintWriter(new StringWriter()), arguments)
                .orElseThrow();
    }
}
