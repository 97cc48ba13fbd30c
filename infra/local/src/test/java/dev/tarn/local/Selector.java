package dev.tarn.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A metric and its labels, as an expression of PromQL selects it. */
record Selector(String expression, String metric, Map<String, Pattern> labels) {
    private static final Path MONITORING = Folders.home().resolve("infra/monitoring");
    private static final Pattern METRIC = Pattern.compile("(flink_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=(~?)\"([^\"]*)\"");

    /** What all expressions of the files select. */
    static List<Selector> inDashboardsAndAlerts() throws IOException {
        List<Selector> selectors = new ArrayList<>();
        for (Path file : files()) {
            JsonNode root = file.toString().endsWith(".json")
                    ? new ObjectMapper().readTree(file.toFile())
                    : new YAMLMapper().readTree(file.toFile());
            for (String expression : root.findValuesAsText("expr")) {
                List<Selector> found = of(expression);
                if (found.isEmpty()) {
                    throw new IllegalStateException(file + " has an expression without a metric: " + expression);
                }
                selectors.addAll(found);
            }
        }
        return selectors;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> dashboards = Files.list(MONITORING.resolve("grafana/dashboards"))) {
            return Stream.concat(dashboards, Stream.of(MONITORING.resolve("prometheus/alerts.yml")))
                    .toList();
        }
    }

    private static List<Selector> of(String expression) {
        return METRIC.matcher(expression)
                .results()
                .map(metric -> new Selector(expression, metric.group(1), labels(metric.group(2))))
                .toList();
    }

    private static Map<String, Pattern> labels(String matchers) {
        return matchers == null
                ? Map.of()
                : LABEL.matcher(matchers)
                        .results()
                        .collect(Collectors.toMap(
                                label -> label.group(1),
                                label -> Pattern.compile(
                                        label.group(2).isEmpty() ? Pattern.quote(label.group(3)) : label.group(3))));
    }

    boolean selects(Scraped.Sample sample) {
        return sample.name().equals(metric)
                && labels.entrySet().stream()
                        .allMatch(label -> label.getValue()
                                .matcher(sample.labels().getOrDefault(label.getKey(), ""))
                                .matches());
    }
}
