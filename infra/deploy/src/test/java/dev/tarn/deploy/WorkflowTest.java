package dev.tarn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public CI workflow, which nothing else runs before it is needed. */
class WorkflowTest {
    private static final JsonNode WORKFLOW = Repository.yaml(Repository.at(".github/workflows/ci.yml"));
    private static final List<String> STEPS = WORKFLOW.get("jobs").findValuesAsText("run");

    @Test
    void everyPathInItIsInTheRepository() {
        assertThat(STEPS.stream().flatMap(step -> found("(?<![\\w/])(?:\\./tarn|infra/[\\w./-]*\\w)", step)))
                .hasSizeGreaterThan(9)
                .allSatisfy(path -> assertThat(Repository.at(path)).exists());
    }

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        List<String> names = STEPS.stream()
                .flatMap(step -> found("(?<=-Dtest=)'?[\\w*]+", step))
                .map(name -> name.replace("'", "").replace("*", "\\w*") + "\\.java")
                .toList();

        assertThat(names)
                .hasSize(2)
                .allSatisfy(name -> assertThat(files())
                        .anyMatch(file -> file.getFileName().toString().matches(name)));
    }

    @Test
    void everyScriptIsLinted() throws IOException {
        String linter = STEPS.stream()
                .filter(step -> step.contains(" shellcheck "))
                .findFirst()
                .orElseThrow();
        Path home = Repository.at("");

        assertThat(files().stream()
                        .filter(WorkflowTest::isScript)
                        .map(file -> home.relativize(file).toString()))
                .contains("tarn", "infra/docker/start-job", "notebooks/run")
                .allMatch(script -> List.of(linter.split(" ")).contains(script));
    }

    @Test
    void theDistributionIsThatOfTheBuild() {
        assertThat(STEPS)
                .anyMatch(step -> step.startsWith(
                        "infra/local/flink/download-distribution " + System.getProperty("flink.version") + " "));
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group);
    }

    private static boolean isScript(Path file) {
        try {
            return Files.isExecutable(file)
                    && !file.toString().contains("/target/")
                    && Repository.text(file).startsWith("#!/usr/bin/env bash");
        } catch (UncheckedIOException notText) {
            return false;
        }
    }

    /** Those at the root, of infra with what was built there, the sources of common, and the notebooks with their script. */
    private static List<Path> files() throws IOException {
        try (Stream<Path> infra = Files.walk(Repository.at("infra"));
                Stream<Path> common = Files.walk(Repository.at("common/src"));
                Stream<Path> notebooks = Files.list(Repository.at("notebooks"));
                Stream<Path> root = Files.list(Repository.at(""))) {
            return Stream.of(infra, common, notebooks, root)
                    .flatMap(files -> files)
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
