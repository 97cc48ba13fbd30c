package dev.tarn.local.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tarn.local.evaluate.EvaluationReport.Approximation;
import dev.tarn.local.evaluate.EvaluationReport.Comparison;
import dev.tarn.local.evaluate.EvaluationReport.Latency;
import dev.tarn.local.evaluate.EvaluationReport.Mean;
import dev.tarn.local.evaluate.EvaluationReport.Threshold;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Writes a report: as tables for a person, and as JSON. */
public final class EvaluationWriter {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final List<Integer> ONE_IN = List.of(100, 20);
    private static final int EVERY = 5;

    private final EvaluationReport report;
    private final PrintWriter out;

    private EvaluationWriter(EvaluationReport report, PrintWriter out) {
        this.report = report;
        this.out = out;
    }

    /** All of it; each list reads as a table, e.g. by pandas' DataFrame. */
    public static void json(EvaluationReport report, Path file) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        JSON.writeValue(file.toFile(), report);
    }

    /** The tables. */
    public static void print(EvaluationReport report, PrintWriter out) {
        new EvaluationWriter(report, out).print();
        out.flush();
    }

    private void print() {
        report.circumstances().forEach((name, value) -> out.printf("%-28s %s%n", name, value));
        List<Mean> retrieval = report.means().stream()
                .filter(mean -> !mean.configuration().equals(EvaluationReport.ANSWERS))
                .toList();
        title("Retrieval: means over questions, with 95 % confidence intervals (bootstrap)");
        table(
                all(retrieval),
                Mean::configuration,
                Mean::measure,
                mean -> mean.interval().toString());
        kinds(retrieval);
        if (!report.comparisons().isEmpty()) {
            title(
                    "Differences (p of a paired randomization test, two-sided, alone and adjusted by Holm among those of a measure)");
            report.comparisons().forEach(this::print);
        }
        title("One search for the passages of an answer, in ms, without embedding");
        report.latencies().forEach(this::print);
        if (report.approximation() != null) {
            Approximation found = report.approximation();
            title(String.format(
                    Locale.ROOT,
                    "Recall of the %d nearest chunks against exact search: %s",
                    found.count(),
                    new Interval(found.recall(), found.low(), found.high(), found.questions())));
        }
        for (String configuration : distinct(report.thresholds(), Threshold::configuration)) {
            for (String signal : distinct(report.thresholds(), Threshold::signal)) {
                thresholds(configuration, signal);
            }
        }
        List<Mean> answers = report.means().stream()
                .filter(mean -> mean.configuration().equals(EvaluationReport.ANSWERS))
                .toList();
        if (!answers.isEmpty()) {
            title("Answers, asked for over the topics");
            table(
                    answers,
                    Mean::measure,
                    Mean::kind,
                    mean -> mean.kind().equals(EvaluationReport.ALL)
                            ? mean.interval().toString()
                            : number(mean.mean()));
        }
    }

    /** By kind of question, of the first measure. */
    private void kinds(List<Mean> retrieval) {
        List<Mean> first = retrieval.stream()
                .filter(mean -> mean.measure().equals(retrieval.get(0).measure()))
                .filter(mean -> !mean.kind().equals(EvaluationReport.ALL))
                .toList();
        if (!first.isEmpty()) {
            title(first.get(0).measure() + " by kind of question");
            table(
                    first,
                    Mean::configuration,
                    mean -> mean.kind() + " (" + mean.questions() + ")",
                    mean -> number(mean.mean()));
        }
    }

    private static List<Mean> all(List<Mean> means) {
        return means.stream()
                .filter(mean -> mean.kind().equals(EvaluationReport.ALL))
                .toList();
    }

    private void print(Comparison comparison) {
        out.printf(
                Locale.ROOT,
                "  %-20s %-10s %+.3f [%+.3f, %+.3f]  p = %.5f, %.5f%n",
                comparison.first() + " - " + comparison.second(),
                comparison.measure(),
                comparison.difference(),
                comparison.low(),
                comparison.high(),
                comparison.p(),
                comparison.adjustedP());
    }

    private void print(Latency latency) {
        out.printf(
                Locale.ROOT,
                "  %-10s p50 %.2f  p95 %.2f  p99 %.2f%n",
                latency.configuration(),
                latency.p50(),
                latency.p95(),
                latency.p99());
    }

    private void thresholds(String configuration, String signal) {
        List<Threshold> own = report.thresholds().stream()
                .filter(threshold -> threshold.configuration().equals(configuration)
                        && threshold.signal().equals(signal))
                .toList();
        title("What a least " + signal + " would refuse (" + configuration + "): " + signal
                + ", answerable, unanswerable");
        for (int i = 0; i < own.size(); i += EVERY) {
            Threshold threshold = own.get(i);
            if (threshold.unanswerable() > 0 && (i < EVERY || own.get(i - EVERY).answerable() < 1)) {
                print(threshold);
            }
        }
        for (int oneIn : ONE_IN) {
            own.stream()
                    .filter(threshold -> threshold.answerable() <= 1.0 / oneIn)
                    .max(Comparator.comparingDouble(Threshold::threshold))
                    .ifPresent(greatest -> {
                        out.println("  the greatest that refuses at most one in " + oneIn + " of the answerable:");
                        print(greatest);
                    });
        }
    }

    private void print(Threshold threshold) {
        out.printf(
                Locale.ROOT,
                "  %.2f  %5.1f %%  %5.1f %%%n",
                threshold.threshold(),
                100 * threshold.answerable(),
                100 * threshold.unanswerable());
    }

    private void table(
            List<Mean> means, Function<Mean, String> row, Function<Mean, String> column, Function<Mean, String> cell) {
        List<String> columns = new ArrayList<>(distinct(means, column));
        Set<String> rows = distinct(means, row);
        int first = rows.stream().mapToInt(String::length).max().orElse(0);
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns);
        for (String name : rows) {
            cells.add(columns.stream()
                    .map(wanted -> means.stream()
                            .filter(mean -> row.apply(mean).equals(name)
                                    && column.apply(mean).equals(wanted))
                            .findFirst()
                            .map(cell)
                            .orElse(""))
                    .toList());
        }
        List<String> names = new ArrayList<>(rows);
        names.add(0, "");
        for (int line = 0; line < cells.size(); line++) {
            StringBuilder text = new StringBuilder("  ").append(pad(names.get(line), first));
            for (int i = 0; i < columns.size(); i++) {
                int at = i;
                int width = cells.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                text.append("  ").append(pad(cells.get(line).get(i), width));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static <T> Set<String> distinct(List<T> rows, Function<T, String> name) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.add(name.apply(row)));
        return names;
    }

    private void title(String text) {
        out.println();
        out.println(text);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
