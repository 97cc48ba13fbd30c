package dev.tarn.local.benchmark.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a report: as tables for a person, as JSON, and as plots. */
public final class ReportWriter {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportWriter() {}

    /** The circumstances, a line each. */
    public static void circumstances(Report report, PrintWriter out) {
        int width = widest(List.copyOf(report.circumstances().keySet()));
        report.circumstances().forEach((name, value) -> out.println(pad(name, width) + "  " + value));
        out.flush();
    }

    /** A table of the rows from this one on. */
    public static void table(List<Row> rows, PrintWriter out) {
        List<String> names = rows.stream().map(ReportWriter::name).toList();
        List<String> metrics = rows.stream().map(Row::metric).toList();
        int nameWidth = widest(names);
        int metricWidth = widest(metrics);
        for (int i = 0; i < rows.size(); i++) {
            out.println(("  " + pad(names.get(i), nameWidth) + "  " + pad(metrics.get(i), metricWidth) + "  "
                            + rows.get(i).value() + " " + rows.get(i).unit())
                    .stripTrailing());
        }
        out.flush();
    }

    /** All of it, with numbers as they were measured. */
    public static void json(Report report, Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("circumstances", report.circumstances());
        all.put("rows", report.rows());
        all.put("notes", report.notes());
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        JSON.writeValue(file.toFile(), all);
    }

    /** A file for each plot. */
    public static void plots(Report report, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Chart chart : report.charts()) {
            if (!chart.isEmpty()) {
                Files.writeString(folder.resolve(chart.name() + ".svg"), chart.svg());
            }
        }
    }

    private static String name(Row row) {
        return row.size() == null ? row.series() : row.series() + ", " + Spread.number(row.size()) + " chunks";
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
