package dev.tarn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.jobs.ingest.IngestJob;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.options.OptionDescription;
import dev.tarn.jobs.query.QueryJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path README = Path.of(System.getProperty("tarn.home", ".."), "README.md");
    private static final String BEGIN = "<!-- options: held to the code by a test -->\n";
    private static final String METRICS = "<!-- metrics: held to the code by a test -->\n";
    private static final String END_OF_METRICS = "<!-- end of metrics -->";
    private static final String END = "<!-- end of options -->";

    @Test
    void theTableOfOptionsIsWhatTheJobsUnderstand() throws IOException {
        String readme = Files.readString(README);

        assertThat(readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END)))
                .isEqualTo(table());
    }

    @Test
    void theTableOfMetricsIsWhatTheJobsReport() throws IOException {
        String readme = Files.readString(README);

        assertThat(readme.substring(readme.indexOf(METRICS) + METRICS.length(), readme.indexOf(END_OF_METRICS)))
                .isEqualTo(metrics());
    }

    private static String metrics() {
        StringBuilder table =
                new StringBuilder("| metric | kind | label | stages | |\n| --- | --- | --- | --- | --- |\n");
        for (MetricName metric : MetricName.values()) {
            String label = metric.label().isEmpty() ? "" : "`" + metric.label() + "`";
            table.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            metric.text(),
                            metric.kind().name().toLowerCase(Locale.ROOT),
                            label,
                            metric.stages(),
                            metric.description()));
        }
        return table.toString();
    }

    private static String table() {
        List<OptionDescription> ingest = IngestJob.options();
        List<OptionDescription> query = QueryJob.options();
        TreeMap<String, String> rows = new TreeMap<>();
        ingest.forEach(option -> rows.put(option.name(), row(option, query.contains(option) ? "both" : "ingest")));
        query.forEach(option -> rows.putIfAbsent(option.name(), row(option, "query")));
        return "| option | job | default | |\n| --- | --- | --- | --- |\n" + String.join("", rows.values());
    }

    private static String row(OptionDescription option, String job) {
        String value = option.paramLabel().isEmpty() ? "" : " " + option.paramLabel();
        String byDefault = option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`";
        return "| `" + option.name() + value + "` | " + job + " | " + byDefault + " | " + option.description() + " |\n";
    }
}
