package dev.tarn.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MonitoringTest {
    private static final Path MONITORING = Folders.home().resolve("infra/monitoring");

    @Test
    void theReadmeSaysOfEachAlertWhatItMeansAndWhatToDo() throws IOException {
        String readme = Files.readString(Folders.home().resolve("README.md"));
        List<String> explained = Pattern.compile("^\\| `(Tarn\\w+)` \\| .+ \\| .+ \\|$", Pattern.MULTILINE)
                .matcher(readme)
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(explained).containsExactlyElementsOf(alerts());
    }

    @Test
    void aPanelThatNamesAnAlertNamesOneThatThereIs() throws IOException {
        for (String dashboard : List.of("ingest.json", "answers.json")) {
            Path file = MONITORING.resolve("grafana/dashboards").resolve(dashboard);
            List<String> named = new ObjectMapper()
                    .readTree(file.toFile()).findValuesAsText("description").stream()
                            .filter(description -> description.contains("Alert: "))
                            .map(description -> description.substring(description.indexOf("Alert: ") + 7))
                            .toList();
            assertThat(named).isNotEmpty().isSubsetOf(alerts());
        }
    }

    private static List<String> alerts() throws IOException {
        return new YAMLMapper()
                .readTree(MONITORING.resolve("prometheus/alerts.yml").toFile())
                .findValuesAsText("alert");
    }
}
