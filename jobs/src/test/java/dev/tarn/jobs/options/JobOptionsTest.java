package dev.tarn.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class JobOptionsTest {
    private final StringWriter printed = new StringWriter();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("tarn.properties"), """
                # shared by both jobs, so that each finds options of the other
                embedding-model=of-the-file
                redis=redis://file:6379
                chat-model=of-the-other-job
                """);
    }

    @Command
    private static final class AllOptions {
        @Mixin
        private final JobOptions job = new JobOptions();

        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();

        @Mixin
        private final RedisOptions redis;

        @Mixin
        private final OllamaOptions ollama;

        AllOptions(Map<String, String> environment) {
            redis = new RedisOptions(environment);
            ollama = new OllamaOptions(environment);
        }
    }

    @Test
    void theCommandLineDecidesThenTheEnvironmentThenTheFileThenTheDefault() {
        String config = "--config=" + file;
        Map<String, String> environment = Map.of("TARN_EMBEDDING_MODEL", "of-the-environment");

        assertThat(parsed(Map.of()).ollama.embeddingModel).isEqualTo("all-minilm");
        assertThat(parsed(Map.of(), config).ollama.embeddingModel).isEqualTo("of-the-file");
        assertThat(parsed(environment, config).ollama.embeddingModel).isEqualTo("of-the-environment");
        assertThat(parsed(environment, config, "--embedding-model", "of-the-line").ollama.embeddingModel)
                .isEqualTo("of-the-line");
    }

    @Test
    void theFileIsNamedAsAnyOtherOption() {
        assertThat(parsed(Map.of("TARN_CONFIG", file.toString())).redis.uri).hasHost("file");
        assertThat(parsed(Map.of("TARN_CONFIG", "nowhere"), "--config", file.toString()).redis.uri)
                .hasHost("file");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path malformed = Files.writeString(folder.resolve("malformed"), "redis=\\u00zz");

        assertThatThrownBy(() -> parsed(Map.of(), "--config", "nowhere"))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--config")
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> parsed(Map.of("TARN_CONFIG", malformed.toString())))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining(malformed.toString());
    }

    @Test
    void anEmptyVariableCountsAsNone() {
        Map<String, String> empty = Map.of(
                "TARN_CONFIG", "",
                "TARN_EMBEDDING_MODEL", "",
                "TARN_REDIS_PASSWORD", "",
                "TARN_REDIS_PASSWORD_FILE", "",
                "TARN_KAFKA_CONFIG_FILE", "");

        AllOptions options = parsed(empty);

        assertThat(options.ollama.embeddingModel).isEqualTo("all-minilm");
        assertThat(options.redis.settings(1).password().read()).isNull();
        assertThat(options.kafka.settings().properties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--nope=1, --nope",
        "stray, option",
        "--redis-timeout=5s, --redis-timeout",
        "--redis-timeout=PT0S, --redis-timeout",
        "--redis-timeout=-PT1S, --redis-timeout",
        "--embed-timeout=P999D, --embed-timeout",
        "--max-parallelism=0, --max-parallelism",
        "--max-parallelism=many, --max-parallelism",
        "--topic-partitions=-1, --topic-partitions",
        "--hnsw-m=0, --hnsw-m",
        "--quantization=Q4, --quantization",
        "--index-engine=faiss, --index-engine",
        "--index-shards=0, --index-shards",
        "--redis=::, --redis",
        "--kafka-config=novalue, --kafka-config",
        "--embedding-model, --embedding-model"
    })
    void anArgumentThatCannotBeUsedIsNamed(String argument, String named) {
        assertThatThrownBy(() -> parsed(Map.of(), argument))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining(named)
                .hasMessageContaining("--help");
    }

    @Test
    void aVariableThatCannotBeUsedIsNamedByItsOption() {
        assertThatThrownBy(() -> parsed(Map.of("TARN_MAX_PARALLELISM", "many")))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--max-parallelism")
                .hasMessageContaining("many");
    }

    @Test
    void theEngineIsNamedAsInTheSpec() {
        EngineSettings engine =
                parsed(Map.of(), "--index-engine=query-engine").redis.engine();

        assertThat(engine.kind()).isEqualTo(EngineSettings.Kind.QUERY_ENGINE);
        assertThat(parsed(Map.of()).redis.engine()).isEqualTo(EngineSettings.DEFAULT);
        assertThat(parsed(Map.of("TARN_INDEX_ENGINE", "vector-set"), "--index-shards=4")
                        .redis
                        .engine())
                .isEqualTo(new EngineSettings(EngineSettings.Kind.VECTOR_SET, 4, HnswSettings.DEFAULT));
    }

    @Test
    void aClusterIsNamedByAnyOfItsNodes() {
        assertThat(parsed(Map.of(), "--redis=redis://one:6379,two:6380").redis.settings(1))
                .hasToString("RedisSettings[redis://one:6379,two:6380]");
    }

    @Test
    void enumsAreReadInAnyCase() {
        assertThat(parsed(Map.of(), "--quantization=noquant").redis.quantization)
                .hasToString("NOQUANT");
    }

    @Test
    void kafkaTakesSettingsFromArgumentsAndFromAFile() throws IOException {
        Path properties =
                Files.writeString(folder.resolve("kafka.properties"), "sasl.mechanism=PLAIN\nclient.id=of-the-file\n");

        AllOptions options = parsed(
                Map.of("TARN_KAFKA_CONFIG_FILE", properties.toString()),
                "--kafka=broker:9092",
                "--kafka-config=security.protocol=SASL_SSL",
                "--kafka-config",
                "client.id=tarn");

        assertThat(options.kafka.settings().clientProperties())
                .containsEntry("bootstrap.servers", "broker:9092")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("client.id", "tarn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:s3cret@localhost:6379",
                "redis://user:s3cret@localhost",
                "redis://user:s3cr@et@localhost",
                "rediss://user:x/s3cret@localhost",
                "redis://s3cret@localhost"
            })
    void anAddressOfRedisWithAPasswordIsRefusedWithoutRepeatingIt(String uri) {
        assertThatThrownBy(() -> parsed(Map.of(), "--redis", uri).redis.settings(1))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("TARN_REDIS_PASSWORD")
                .hasMessageNotContaining("s3cr");
        assertThat(printedConfig(Map.of(), "--redis", uri)).doesNotContain("s3cr");
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithoutRepeatingItsPassword() {
        assertThatThrownBy(() -> parsed(Map.of(), "--redis", "redis://:s3%cret@localhost"))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--redis")
                .hasMessageNotContaining("cret")
                .hasNoCause();
    }

    @Test
    void theConfigurationHasEveryOptionAndNoSecret() {
        String config = printedConfig(
                Map.of("TARN_REDIS_PASSWORD", "s3cret", "TARN_OLLAMA_API_KEY", "s3cret", "TARN_REDIS_USER", "tarn"),
                "--kafka-config=sasl.jaas.config=s3cret",
                "--kafka-config=ssl.truststore.password=s3cret",
                "--kafka-config=client.id=me",
                "--kafka-config=proxy=http://s3cret@host",
                "--redis-timeout=PT7S");

        assertThat(config)
                .contains("embedding-model=all-minilm\n", "redis-timeout=PT7S\n", "redis-user=tarn\n", "client.id=me")
                .doesNotContain("s3cret");
        assertThat(JobOptions.describe(new AllOptions(Map.of())))
                .filteredOn(option -> !option.paramLabel().isEmpty())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(config)
                        .containsPattern("(?m)^" + option.name().substring(2) + "="));
    }

    @Test
    void theHelpHasEveryOption() {
        assertThat(parse(Map.of(), "--help")).isEmpty();

        assertThat(JobOptions.describe(new AllOptions(Map.of()))).allSatisfy(option -> {
            assertThat(printed.toString()).contains(option.name());
            assertThat(option.description()).isNotBlank();
        });
    }

    @Test
    void anOptionIsDescribedByItsNameItsValueItsDefaultAndItsPurpose() {
        assertThat(JobOptions.describe(new AllOptions(Map.of())))
                .contains(
                        new OptionDescription(
                                "--redis-timeout",
                                "DURATION",
                                "PT5S",
                                "For connecting to Redis, and for each of its replies (ISO 8601)."),
                        new OptionDescription(
                                "--quantization", "KIND", "Q8", "How vector-set stores vectors: Q8, NOQUANT, BIN."),
                        new OptionDescription("--print-config", "", "", "Print the value of every option, and stop."));
    }

    @Test
    void theEnvironmentTakesTheMaxParallelismAndReusesObjects() {
        StreamExecutionEnvironment flink =
                parsed(Map.of(), "--max-parallelism=96").job.environment();

        assertThat(flink.getMaxParallelism()).isEqualTo(96);
        assertThat(flink.getConfig().isObjectReuseEnabled()).isTrue();
    }

    @Test
    void timeoutsAreDurations() {
        AllOptions options = parsed(Map.of(), "--redis-timeout=PT0.25S", "--embed-timeout=PT24H");

        assertThat(options.redis.settings(3).timeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(options.redis.settings(3).connections()).isEqualTo(3);
        assertThat(options.ollama.embedding().timeout()).isEqualTo(Duration.ofDays(1));
    }

    private Optional<AllOptions> parse(Map<String, String> environment, String... arguments) {
        return JobOptions.parse(new AllOptions(environment), environment, new PrintWriter(printed, true), arguments);
    }

    private AllOptions parsed(Map<String, String> environment, String... arguments) {
        return parse(environment, arguments).orElseThrow();
    }

    private String printedConfig(Map<String, String> environment, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--print-config";
        assertThat(parse(environment, all)).isEmpty();
        return printed.toString().replace(System.lineSeparator(), "\n");
    }
}
