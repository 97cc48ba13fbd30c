package dev.tarn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.jobs.options.LayeredDefaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeTest {
    private static final Path FOLDER = Repository.at("infra/docker");
    private static final JsonNode COMPOSE = Repository.yaml(FOLDER.resolve("compose.yaml"));
    private static final Map<String, JsonNode> SERVICES = fields(COMPOSE.get("services"));
    private static final Set<String> FLINK =
            Set.of("ingest-jobmanager", "ingest-taskmanager", "query-jobmanager", "query-taskmanager");

    @Test
    void composesOwnSchemaTakesTheFile() {
        assertThat(new ComposeSchema().errors(COMPOSE)).isEmpty();
    }

    @Test
    void aWordThatComposesSchemaDoesNotKnowOrCannotReadIsFound() {
        ComposeSchema schema = new ComposeSchema();
        ObjectNode misspelt = COMPOSE.deepCopy();
        ((ObjectNode) misspelt.at("/services/kafka")).put("imagee", "apache/kafka");
        ObjectNode condition = COMPOSE.deepCopy();
        ((ObjectNode) condition.at("/services/grafana/depends_on/prometheus")).put("condition", "healthy");
        ObjectNode health = COMPOSE.deepCopy();
        ((ObjectNode) health.at("/services/redis/healthcheck")).put("retries", "many");

        assertThat(schema.errors(misspelt)).anyMatch(error -> error.contains("imagee"));
        assertThat(schema.errors(condition)).anyMatch(error -> error.contains("/services/grafana/depends_on"));
        assertThat(schema.errors(health)).anyMatch(error -> error.contains("/services/redis/healthcheck/retries"));
    }

    @Test
    void imagesArePinnedAndTheVersionsThoseOfTheBuild() {
        assertThat(SERVICES)
                .allSatisfy((name, service) ->
                        assertThat(service.get("image").asText()).matches("[a-z/]+:v?\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"));
        assertThat(image("kafka")).isEqualTo("apache/kafka:" + System.getProperty("kafka-broker.version"));
        assertThat(FLINK)
                .allSatisfy(name -> assertThat(image(name)).isEqualTo("tarn:" + System.getProperty("tarn.version")));
        assertThat(Image.from()).last().isEqualTo("flink:" + System.getProperty("flink.version") + "-java21");
    }

    @Test
    void theImageHoldsTheJarThatIsBuiltAndRunsAsNoRoot() {
        assertThat(Image.copies())
                .contains(List.of("/tarn/jobs/target/tarn-jobs.jar", "/opt/flink/usrlib/tarn-jobs.jar"))
                .filteredOn(copy -> !copy.get(0).startsWith("/tarn/"))
                .allSatisfy(copy -> assertThat(Repository.at(copy.get(0))).isRegularFile());
        assertThat(Repository.text(Repository.at("jobs/pom.xml"))).contains("/tarn-jobs.jar</outputFile>");
        assertThat(Image.user()).isEqualTo("9999:9999");
        JsonNode build = SERVICES.get("ingest-jobmanager").get("build");
        Path context = FOLDER.resolve(build.get("context").asText()).normalize();
        assertThat(context).isEqualTo(Repository.at("").normalize());
        assertThat(context.resolve(build.get("dockerfile").asText())).isRegularFile();
    }

    @Test
    void noPortIsOpenBeyondLoopback() {
        assertThat(SERVICES.values().stream().flatMap(service -> texts(service.path("ports"))))
                .hasSizeGreaterThan(4)
                .allMatch(port -> port.matches("127\\.0\\.0\\.1:\\d+:\\d+"));
    }

    @Test
    void everythingIsWaitedForByItsHealth() {
        Map<String, JsonNode> once = new LinkedHashMap<>(Map.of("models", SERVICES.get("models")));
        assertThat(SERVICES).allSatisfy((name, service) -> {
            assertThat(service.has("healthcheck") != once.containsKey(name))
                    .as(name)
                    .isTrue();
            assertThat(service.has("restart") != once.containsKey(name))
                    .as(name)
                    .isTrue();
            fields(service.path("depends_on"))
                    .forEach((other, condition) -> assertThat(
                                    condition.get("condition").asText())
                            .as("%s on %s", name, other)
                            .isEqualTo(once.containsKey(other) ? "service_completed_successfully" : "service_healthy"));
        });
        assertThat(names(SERVICES.get("ingest-jobmanager").get("depends_on")))
                .containsExactlyInAnyOrder("kafka", "redis", "models");
        assertThat(names(SERVICES.get("models").get("depends_on"))).containsExactly("ollama");
    }

    @Test
    void dataIsInNamedVolumesAndMountedFoldersAreThere() {
        List<String> sources = SERVICES.values().stream()
                .flatMap(service -> texts(service.path("volumes")))
                .map(volume -> volume.substring(0, volume.indexOf(":")))
                .toList();

        assertThat(sources.stream().filter(source -> source.startsWith(".")))
                .hasSize(3)
                .allSatisfy(source -> assertThat(FOLDER.resolve(source)).isDirectory());
        assertThat(sources.stream().filter(source -> !source.startsWith(".")).collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(names(COMPOSE.get("volumes"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "query"})
    void aJobRunsInApplicationModeWithOptionsThatItKnows(String job) throws Exception {
        JsonNode jobManager = SERVICES.get(job + "-jobmanager");
        List<String> command = texts(jobManager.get("command")).toList();

        assertThat(texts(jobManager.get("entrypoint"))).containsExactly("start-job");
        assertThat(command.get(0)).isEqualTo("--job-classname");
        assertThat(JobArguments.mainClasses()).contains(command.get(1));
        assertThat(command.get(1)).contains("." + job + ".");
        assertThat(JobArguments.unknown(names(jobManager.get("environment")).stream()))
                .isEmpty();
        for (String role : List.of("jobmanager", "taskmanager")) {
            Map<String, String> settings = flinkProperties(job + "-" + role);
            assertThat(new FlinkSettings().problems(settings)).isEmpty();
            assertThat(settings.values()).noneMatch(value -> value.contains(" "));
            assertThat(environment(job + "-" + role, "JOB_MANAGER_RPC_ADDRESS")).isEqualTo(job + "-jobmanager");
            String state = "/opt/flink/state";
            assertThat(texts(SERVICES.get(job + "-" + role).get("volumes"))).containsExactly(job + "-state:" + state);
            assertThat(settings.get("execution.checkpointing.dir")).startsWith("file://" + state + "/");
            assertThat(Repository.text(FOLDER.resolve("start-job"))).contains(state);
        }
    }

    @Test
    void theJobsCallTheServicesOfThisFile() {
        assertThat(environment("kafka", "KAFKA_ADVERTISED_LISTENERS"))
                .contains("://" + environment("ingest-jobmanager", "TARN_KAFKA"));
        assertThat(environment("query-jobmanager", "TARN_REDIS")).isEqualTo("redis://redis:6379");
        assertThat(environment("query-jobmanager", "TARN_OLLAMA")).isEqualTo(environment("models", "OLLAMA_HOST"));
        assertThat(texts(SERVICES.get("redis").get("command")))
                .containsSequence("--appendonly", "yes")
                .containsSequence("--maxmemory-policy", "noeviction");
    }

    @Test
    void theModelsThatArePulledAreThoseOfTheJobs() {
        String pull = SERVICES.get("models").get("command").get(0).asText();

        for (String option : List.of("--embedding-model", "--chat-model")) {
            String variable = LayeredDefaults.environmentVariable(option);
            assertThat(pull).contains("ollama pull \"$$" + variable + "\"");
            assertThat(environment("models", variable))
                    .isEqualTo("${" + variable + ":-" + JobArguments.byDefault(option) + "}");
        }
    }

    @Test
    void prometheusScrapesEveryFlinkProcessAndGrafanaAsksIt() {
        JsonNode prometheus = Repository.yaml(Repository.at("infra/monitoring/prometheus/prometheus.yml"));
        List<String> targets = new ArrayList<>();
        for (JsonNode scraped : prometheus.get("scrape_configs")) {
            JsonNode dns = scraped.at("/dns_sd_configs/0");
            texts(dns.get("names")).forEach(targets::add);
            assertThat(dns.get("port").asText())
                    .isEqualTo(flinkProperties("ingest-jobmanager").get("metrics.reporter.prom.port"));
        }
        assertThat(targets).containsExactlyInAnyOrderElementsOf(FLINK);

        JsonNode source =
                Repository.yaml(Repository.at("infra/monitoring/grafana/provisioning/datasources/prometheus.yml"));
        assertThat(source.at("/datasources/0/url").asText()).isEqualTo("http://prometheus:9090");
        JsonNode dashboards =
                Repository.yaml(Repository.at("infra/monitoring/grafana/provisioning/dashboards/tarn.yml"));
        assertThat(texts(SERVICES.get("grafana").get("volumes")))
                .contains("../monitoring/grafana/dashboards:"
                        + dashboards.at("/providers/0/options/path").asText() + ":ro");
    }

    @Test
    void theSmokeTestSpeaksToTheTopicsOfTheJobsAndTheWorkflowRunsIt() {
        String smoke = Repository.text(FOLDER.resolve("smoke-test"));
        String workflow = Repository.text(Repository.at(".github/workflows/ci.yml"));

        assertThat(smoke)
                .contains("publish " + JobArguments.byDefault("--documents-topic") + " ")
                .contains("publish " + JobArguments.byDefault("--questions-topic") + " ")
                .contains("await " + JobArguments.byDefault("--index-events-topic") + " ")
                .contains("await " + JobArguments.byDefault("--answers-topic") + " ");
        assertThat(FOLDER.resolve("smoke-test")).isExecutable();
        assertThat(FOLDER.resolve("start-job")).isExecutable();
        assertThat(workflow).contains("docker compose -f infra/docker/compose.yaml up --build --wait");
        assertThat(workflow).contains("infra/docker/smoke-test");
    }

    private static String image(String service) {
        return SERVICES.get(service).get("image").asText();
    }

    private static String environment(String service, String variable) {
        return SERVICES.get(service).get("environment").get(variable).asText();
    }

    private static Map<String, String> flinkProperties(String service) {
        return environment(service, "FLINK_PROPERTIES")
                .lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        return object.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(fields(object).keySet());
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }
}
