package dev.tarn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.jobs.kafka.TopicSpec;
import dev.tarn.jobs.options.KafkaOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class KubernetesTest {
    private static final String FLINK = System.getProperty("flink.version");
    private static final String FLINK_VERSION = "v" + FLINK.replaceAll("(\\d+)\\.(\\d+)\\..*", "$1_$2");
    private static final Path FOLDER = Repository.at("infra/kubernetes");

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void everyManifestIsOneThatKubernetesAndTheOperatorAccept(String overlay) {
        KubernetesSchemas schemas = new KubernetesSchemas(FLINK_VERSION);

        assertThat(overlay(overlay))
                .hasSizeGreaterThan(5)
                .allSatisfy(manifest -> assertThat(schemas.errors(manifest))
                        .as("%s %s", manifest.get("kind"), manifest.at("/metadata/name"))
                        .isEmpty());
    }

    @Test
    void aNameThatTheSchemasDoNotKnowIsFound() {
        KubernetesSchemas schemas = new KubernetesSchemas(FLINK_VERSION);

        for (JsonNode manifest : overlay("production")) {
            ObjectNode misspelt = manifest.deepCopy();
            misspelt.put("specification", "");
            assertThat(schemas.errors(misspelt)).as("%s", manifest.get("kind")).isNotEmpty();
        }
        JsonNode policy = ofKind(overlay("production"), "NetworkPolicy").get(0).deepCopy();
        ((ObjectNode) policy.get("spec")).put("podselector", "");
        assertThat(schemas.errors(policy)).isNotEmpty();
        JsonNode job = ofKind(overlay("production"), "FlinkDeployment").get(0).deepCopy();
        ((ObjectNode) job.at("/spec/podTemplate/spec/containers/0")).put("volumemounts", "");
        assertThat(schemas.errors(job)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void bothJobsRunFromTheImagesJarWithSettingsThatFlinkKnows(String overlay) throws Exception {
        FlinkSettings flink = new FlinkSettings();
        List<JsonNode> jobs = ofKind(overlay(overlay), "FlinkDeployment");

        assertThat(jobs.stream().map(job -> job.at("/spec/job/entryClass").asText()))
                .containsExactlyInAnyOrderElementsOf(JobArguments.mainClasses());
        for (JsonNode job : jobs) {
            assertThat(job.at("/spec/job/jarURI").asText()).isEqualTo("local://" + Image.jar());
            assertThat(job.at("/spec/job/upgradeMode").asText()).isEqualTo("savepoint");
            assertThat(job.at("/spec/flinkVersion").asText()).isEqualTo(FLINK_VERSION);
            assertThat(flink.problems(strings(job.at("/spec/flinkConfiguration"))))
                    .isEmpty();
            assertThat(job.at("/spec/job/args"))
                    .filteredOn(argument -> argument.asText().startsWith("--"))
                    .allMatch(argument -> JobArguments.options(
                                    job.at("/spec/job/entryClass").asText())
                            .contains(argument.asText()));
        }
    }

    @Test
    void aSettingThatFlinkDoesNotKnowOrCannotReadIsFound() throws Exception {
        assertThat(new FlinkSettings()
                        .problems(Map.of(
                                "execution.checkpointing.intervall", "10 s",
                                "execution.checkpointing.min-pause", "soon",
                                "metrics.reporter.prom.factory.class", "org.apache.flink.Prometheus")))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void stateIsOnObjectStorageThroughThePluginOfTheImage(String overlay) {
        for (JsonNode job : ofKind(overlay(overlay), "FlinkDeployment")) {
            Map<String, String> settings = strings(job.at("/spec/flinkConfiguration"));
            assertThat(List.of(
                            settings.get("high-availability.storageDir"),
                            settings.get("execution.checkpointing.dir"),
                            settings.get("execution.checkpointing.savepoint-dir")))
                    .allMatch(path -> path.startsWith("s3://"));
            assertThat(container(job).at("/env/0/name").asText()).isEqualTo("ENABLE_BUILT_IN_PLUGINS");
            assertThat(container(job).at("/env/0/value").asText()).isEqualTo("flink-s3-fs-hadoop-" + FLINK + ".jar");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void metricsAreWhereTheyAreLookedFor(String overlay) {
        for (JsonNode job : ofKind(overlay(overlay), "FlinkDeployment")) {
            String port = strings(job.at("/spec/flinkConfiguration")).get("metrics.reporter.prom.port");
            assertThat(port)
                    .isEqualTo(container(job).at("/ports/0/containerPort").asText());
            assertThat(port)
                    .isEqualTo(job.at("/spec/podTemplate/metadata/annotations")
                            .path("prometheus.io/port")
                            .asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void settingsAreVariablesThatTheJobsReadAndFilesThatAreMounted(String overlay) {
        List<JsonNode> manifests = overlay(overlay);
        JsonNode map = ofKind(manifests, "ConfigMap").get(0);
        Map<String, String> variables = strings(map.get("data"));

        assertThat(JobArguments.unknown(variables.keySet().stream())).isEmpty();
        assertThat(variables).containsKeys("TARN_KAFKA", "TARN_REDIS", "TARN_OLLAMA");
        for (JsonNode job : ofKind(manifests, "FlinkDeployment")) {
            assertThat(container(job).at("/envFrom/0/configMapRef/name")).isEqualTo(map.at("/metadata/name"));
            String mounted = container(job).at("/volumeMounts/0/mountPath").asText();
            assertThat(variables)
                    .allSatisfy((name, value) -> assertThat(value)
                            .matches(path -> !name.endsWith("_FILE") || path.startsWith(mounted + "/")));
        }
    }

    @Test
    void inProductionWhatTheJobsCallIsEncryptedAndReachable() {
        List<JsonNode> manifests = overlay("production");
        Map<String, String> variables =
                strings(ofKind(manifests, "ConfigMap").get(0).get("data"));

        assertThat(reachable(manifests))
                .containsAllEntriesOf(Map.of(
                        "kafka", port("tls://" + variables.get("TARN_KAFKA")),
                        "redis", port(variables.get("TARN_REDIS")),
                        "ollama", port(variables.get("TARN_OLLAMA"))));
        assertThat(variables.get("TARN_REDIS")).startsWith("rediss://");
        assertThat(variables.get("TARN_OLLAMA")).startsWith("https://");
        assertThat(ofKind(manifests, "NetworkPolicy"))
                .anySatisfy(policy -> assertThat(policy.at("/spec/podSelector")).isEmpty());
    }

    @Test
    void theTopicsAreThoseThatTheJobsWouldCreate() {
        KafkaOptions options = new KafkaOptions();
        new CommandLine(options).parseArgs();
        Map<String, Map<String, String>> topics = Kustomization.build(FOLDER.resolve("topics")).stream()
                .collect(Collectors.toMap(
                        topic -> topic.at("/metadata/name").asText(), topic -> strings(topic.at("/spec/config"))));

        assertThat(topics.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        options.topicSpecs().stream().map(TopicSpec::name).toList());
        for (TopicSpec spec : options.topicSpecs()) {
            assertThat(topics.get(spec.name())).containsAllEntriesOf(spec.settings());
        }
    }

    private static List<JsonNode> overlay(String name) {
        return Kustomization.build(FOLDER.resolve("overlays").resolve(name));
    }

    private static List<JsonNode> ofKind(List<JsonNode> manifests, String kind) {
        return manifests.stream()
                .filter(manifest -> kind.equals(manifest.get("kind").asText()))
                .toList();
    }

    private static JsonNode container(JsonNode job) {
        return job.at("/spec/podTemplate/spec/containers/0");
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }

    /** The port that each namespace may be called on. */
    private static Map<String, Integer> reachable(List<JsonNode> manifests) {
        return ofKind(manifests, "NetworkPolicy").stream()
                .flatMap(
                        policy -> StreamSupport.stream(policy.at("/spec/egress").spliterator(), false))
                .filter(rule -> rule.at("/to/0").has("namespaceSelector"))
                .collect(Collectors.toMap(
                        rule -> rule.at("/to/0/namespaceSelector/matchLabels")
                                .path("kubernetes.io/metadata.name")
                                .asText(),
                        rule -> rule.at("/ports/0/port").asInt()));
    }

    private static int port(String uri) {
        return URI.create(uri).getPort();
    }
}
