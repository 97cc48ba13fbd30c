package dev.tarn.local.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, and on what; filled while it is measured. For one thread. */
public final class Report {
    private final Map<String, String> circumstances;
    private final List<Row> rows = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param circumstances the machine, the versions, the settings and the seed, in the order to be shown in */
    public Report(Map<String, String> circumstances) {
        this.circumstances = new LinkedHashMap<>(circumstances);
    }

    /** What one measurement writes to. */
    public Section section(String measurement) {
        return new Section(measurement);
    }

    public Map<String, String> circumstances() {
        return Collections.unmodifiableMap(circumstances);
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    public List<Chart> charts() {
        return List.copyOf(charts);
    }

    /** Sentences that belong to the numbers. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** The part of one measurement. */
    public final class Section {
        private final String measurement;

        private Section(String measurement) {
            this.measurement = measurement;
        }

        public void row(String series, String metric, String unit, Spread value) {
            row(series, null, metric, unit, value);
        }

        /** A number that belongs to an index of this size. */
        public void row(String series, Long size, String metric, String unit, Spread value) {
            rows.add(new Row(measurement, series, size, metric, unit, value));
        }

        public void note(String sentence) {
            notes.add(measurement + ": " + sentence);
        }

        /** One bar for each row of this metric. */
        public void bars(String title, String metric, String unit) {
            Chart chart = Chart.bars(name(metric), title, unit);
            rows.stream()
                    .filter(row -> row.measurement().equals(measurement)
                            && row.metric().equals(metric))
                    .forEach(row -> chart.add(row.series(), 0, row.value()));
            charts.add(chart);
        }

        /** One line for each series of this metric, over the size of the index. */
        public void lines(String title, String metric, String unit) {
            Chart chart = Chart.lines(name(metric), title, unit);
            rows.stream()
                    .filter(row -> row.measurement().equals(measurement)
                            && row.metric().equals(metric)
                            && row.size() != null)
                    .forEach(row -> chart.add(row.series(), row.size(), row.value()));
            charts.add(chart);
        }

        /** One chart for each metric that a measurement shows. */
        private String name(String metric) {
            return measurement + "-" + metric.replaceAll("[^a-zA-Z0-9]+", "-");
        }
    }
}
